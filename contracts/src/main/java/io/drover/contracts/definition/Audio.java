package io.drover.contracts.definition;

import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A back end for sound.
 *
 * @param type none, alsa, coreaudio, jack, oss, pulseaudio, sdl, spice or file
 * @param options timerPeriod, serverName, path ...
 * @param input recording's settings; frequency, channels and format among them
 * @param output playback's settings
 */
public record Audio(
    int id,
    String type,
    Map<String, String> options,
    Map<String, String> input,
    Map<String, String> output)
    implements Device {
  private static final String[] TYPES = {
    "none", "alsa", "coreaudio", "jack", "oss", "pulseaudio", "sdl", "spice", "file"
  };
  private static final List<String> OPTIONS =
      List.of("timerPeriod", "serverName", "path", "driver", "tryMMap", "exclusive", "dspPolicy");
  private static final List<String> STREAM =
      List.of(
          "mixingEngine",
          "fixedSettings",
          "voices",
          "bufferLength",
          "dev",
          "name",
          "serverName",
          "clientName",
          "connectPorts",
          "exactName",
          "bufferCount",
          "streamName",
          "latency",
          "tryPoll",
          "tryMMap");
  private static final List<String> SETTINGS = List.of("frequency", "channels", "format");

  public Audio {
    options = Given.map(options);
    input = Given.map(input);
    output = Given.map(output);
  }

  @Override
  public DeviceInfo info() {
    return DeviceInfo.NONE;
  }

  /** A back end is not a device of the guest: it has no address and no alias. */
  @Override
  public Audio withInfo(DeviceInfo info) {
    return this;
  }

  static Audio read(XmlElement element) {
    return new Audio(
        element.values().integerOr("id", 1, 1, 256),
        element.values().wordOr("type", "none", TYPES),
        texts(element.values(), OPTIONS),
        stream(element.child("input")),
        stream(element.child("output")));
  }

  private static Map<String, String> texts(XmlValues values, List<String> names) {
    Map<String, String> found = new LinkedHashMap<>();
    for (String name : names) {
      String value = values.text(name);
      if (value != null) {
        found.put(name, value);
      }
    }
    return found;
  }

  private static Map<String, String> stream(@Nullable XmlElement stream) {
    if (stream == null) {
      return Map.of();
    }
    Map<String, String> found = texts(stream.values(), STREAM);
    XmlElement settings = stream.child("settings");
    if (settings != null) {
      settings.values().integer("frequency", 1, 1_000_000);
      settings.values().integer("channels", 1, 64);
      settings.values().word("format", "s8", "u8", "s16", "u16", "s32", "u32", "f32");
      found.putAll(texts(settings.values(), SETTINGS));
    }
    for (String number : List.of("voices", "bufferLength", "bufferCount", "latency")) {
      stream.values().integer(number, 0, Integer.MAX_VALUE);
    }
    return found;
  }

  void write(XmlWriter out) {
    out.open("audio").attribute("id", id).attribute("type", type);
    options.forEach(out::attribute);
    write("input", input, out);
    write("output", output, out);
    out.close();
  }

  private static void write(String name, Map<String, String> stream, XmlWriter out) {
    if (stream.isEmpty()) {
      return;
    }
    out.open(name);
    STREAM.forEach(attribute -> out.attribute(attribute, stream.get(attribute)));
    if (SETTINGS.stream().anyMatch(stream::containsKey)) {
      out.open("settings");
      SETTINGS.forEach(attribute -> out.attribute(attribute, stream.get(attribute)));
      out.close();
    }
    out.close();
  }
}
