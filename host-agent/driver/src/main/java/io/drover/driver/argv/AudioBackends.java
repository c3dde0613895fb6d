package io.drover.driver.argv;

import io.drover.contracts.definition.Audio;
import io.drover.contracts.definition.Graphics;
import java.util.List;
import java.util.Map;

/** Where sound comes from and goes to on the host. */
final class AudioBackends {
  private static final List<String> SWITCHES =
      List.of("mixingEngine", "fixedSettings", "connectPorts", "exactName", "tryPoll", "tryMMap");
  private static final List<String> NUMBERS =
      List.of(
          "voices",
          "bufferLength",
          "frequency",
          "channels",
          "bufferCount",
          "latency",
          "timerPeriod");
  private static final Map<String, String> DRIVERS = Map.of("file", "wav", "pulseaudio", "pa");
  private static final Map<String, String> NAMES =
      Map.of(
          "mixingEngine", "mixing-engine",
          "fixedSettings", "fixed-settings",
          "bufferLength", "buffer-length",
          "bufferCount", "buffer-count",
          "clientName", "client-name",
          "connectPorts", "connect-ports",
          "exactName", "exact-name",
          "streamName", "stream-name",
          "serverName", "server-name",
          "timerPeriod", "timer-period");

  private AudioBackends() {}

  static void add(Placed placed, Arguments out) {
    List<Audio> given = placed.definition().devices(Audio.class);
    if (given.isEmpty()) {
      boolean spice =
          placed.definition().devices(Graphics.class).stream()
              .anyMatch(graphics -> graphics.type().equals("spice"));
      out.option("-audiodev", backend(1, spice ? "spice" : "none"));
    }
    for (Audio audio : given) {
      Props backend = backend(audio.id(), DRIVERS.getOrDefault(audio.type(), audio.type()));
      members(backend, audio.options());
      stream(backend, "in", audio.input());
      stream(backend, "out", audio.output());
      out.option("-audiodev", backend);
    }
  }

  /** The back end that displays use. */
  static String first(Placed placed) {
    List<Audio> given = placed.definition().devices(Audio.class);
    return "audio" + (given.isEmpty() ? 1 : given.get(0).id());
  }

  private static Props backend(int id, String driver) {
    return new Props().put("id", "audio" + id).put("driver", driver);
  }

  private static void stream(Props backend, String name, Map<String, String> stream) {
    if (!stream.isEmpty()) {
      Props members = new Props();
      members(members, stream);
      backend.put(name, members);
    }
  }

  private static void members(Props props, Map<String, String> values) {
    values.forEach(
        (name, value) -> {
          String member = NAMES.getOrDefault(name, name);
          if (SWITCHES.contains(name)) {
            props.put(member, value.equals("yes"));
          } else if (NUMBERS.contains(name)) {
            props.number(member, value);
          } else {
            props.put(member, value);
          }
        });
  }
}
