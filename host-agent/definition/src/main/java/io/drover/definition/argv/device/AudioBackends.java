package io.drover.definition.argv.device;

import io.drover.contracts.definition.device.Audio;
import io.drover.contracts.definition.device.Graphics;
import io.drover.contracts.definition.device.Sound;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.JsonOption;
import io.drover.definition.argv.option.Props;
import io.drover.definition.argv.option.QemuOption;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where sound comes from and goes to on the host. */
public final class AudioBackends {
  private static final int DEFAULT_ID = 1;
  private static final List<String> SWITCHES =
      List.of("mixingEngine", "fixedSettings", "exactName", "tryPoll", "tryMMap", "exclusive");
  private static final List<String> NUMBERS =
      List.of(
          "voices",
          "bufferLength",
          "frequency",
          "channels",
          "bufferCount",
          "latency",
          "timerPeriod",
          "dspPolicy");
  private static final Map<String, String> DRIVERS = Map.of("file", "wav", "pulseaudio", "pa");
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("mixingEngine", "mixing-engine"),
          Map.entry("fixedSettings", "fixed-settings"),
          Map.entry("bufferLength", "buffer-length"),
          Map.entry("bufferCount", "buffer-count"),
          Map.entry("clientName", "client-name"),
          Map.entry("connectPorts", "connect-ports"),
          Map.entry("exactName", "exact-name"),
          Map.entry("streamName", "stream-name"),
          Map.entry("serverName", "server-name"),
          Map.entry("timerPeriod", "timer-period"),
          Map.entry("tryPoll", "try-poll"),
          Map.entry("tryMMap", "try-mmap"),
          Map.entry("dspPolicy", "dsp-policy"));

  private AudioBackends() {}

  public static List<QemuOption> options(ArgvContext placed) {
    List<Audio> given = placed.definition().devices(Audio.class);
    if (!given.isEmpty()) {
      return given.stream().<QemuOption>map(AudioBackends::backend).toList();
    }
    String own = byDefault(placed);
    return own == null ? List.of() : List.of(option(backend(DEFAULT_ID, own)));
  }

  private static QemuOption option(Props backend) {
    return new JsonOption(JsonOption.Kind.AUDIODEV, backend.members());
  }

  private static QemuOption backend(Audio audio) {
    String driver = DRIVERS.getOrDefault(audio.type(), audio.type());
    Props backend = backend(audio.id(), driver);
    audio
        .options()
        .forEach(
            (name, value) -> {
              boolean server = name.equals("serverName"); // PulseAudio's is called 'server'
              if (!(driver.equals("sdl") && name.equals("driver"))) {
                member(backend, server ? "server" : name, value);
              }
            });
    stream(backend, "in", audio.input());
    stream(backend, "out", audio.output());
    return option(backend);
  }

  /** What a domain without {@code <audio>} has: the display's own, else nothing; null for none. */
  private static @Nullable String byDefault(ArgvContext placed) {
    List<Graphics> displays = placed.definition().devices(Graphics.class);
    String found = null;
    for (Graphics graphics : displays) { // the last one that has a word in it
      found =
          switch (graphics.type()) {
            case "spice", "sdl" -> graphics.type();
            case "vnc" -> "none";
            default -> found; // the others bring none
          };
    }
    if (found != null) {
      return found;
    }
    boolean heard = !placed.definition().devices(Sound.class).isEmpty();
    return displays.isEmpty() || heard ? "none" : null;
  }

  /** The back end that displays use. */
  static String first(ArgvContext placed) {
    List<Audio> given = placed.definition().devices(Audio.class);
    return "audio" + (given.isEmpty() ? DEFAULT_ID : given.get(0).id());
  }

  /** The back end with this id, or the first. */
  static String named(ArgvContext placed, @Nullable Integer id) {
    return id == null ? first(placed) : "audio" + id;
  }

  /** The back end that a display names, or null. */
  static @Nullable String of(Graphics graphics) {
    String id = graphics.settings().get("audio.id");
    if (id == null) {
      return null;
    }
    if (!id.matches("\\d{1,3}")) {
      throw new ProblemException(
          ErrorCode.INVALID_DEFINITION, "'" + id + "' is not the id of an <audio>.");
    }
    return "audio" + id;
  }

  private static Props backend(int id, String driver) {
    return new Props().put("id", "audio" + id).put("driver", driver);
  }

  private static void stream(Props backend, String name, Map<String, String> stream) {
    if (!stream.isEmpty()) {
      Props members = new Props();
      stream.forEach((member, value) -> member(members, member, value));
      backend.put(name, members);
    }
  }

  private static void member(Props props, String name, String value) {
    String member = NAMES.getOrDefault(name, name);
    if (SWITCHES.contains(name)) {
      props.put(member, value.equals("yes"));
    } else if (NUMBERS.contains(name)) {
      props.number(member, value);
    } else {
      props.put(member, value);
    }
  }
}
