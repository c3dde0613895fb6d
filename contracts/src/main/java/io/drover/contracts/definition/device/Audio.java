package io.drover.contracts.definition.device;

import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.common.DeviceInfo;
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
 * @param type none, alsa, coreaudio, dbus, jack, oss, pulseaudio, sdl, spice or file
 * @param options timerPeriod in microseconds, and those of the type: serverName, path ...
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
  static final int MAX_ID = 256;
  private static final String[] TYPES = {
    "none", "alsa", "coreaudio", "dbus", "jack", "oss", "pulseaudio", "sdl", "spice", "file"
  };
  private static final Map<String, List<String>> OPTIONS =
      Map.of(
          "oss", List.of("tryMMap", "exclusive", "dspPolicy"),
          "pulseaudio", List.of("serverName"),
          "sdl", List.of("driver"),
          "file", List.of("path"));
  private static final List<String> COMMON =
      List.of("mixingEngine", "fixedSettings", "voices", "bufferLength");
  private static final Map<String, List<String>> STREAM =
      Map.of(
          "alsa", List.of("dev"),
          "coreaudio", List.of("bufferCount"),
          "jack", List.of("serverName", "clientName", "connectPorts", "exactName"),
          "oss", List.of("dev", "bufferCount", "tryPoll"),
          "pulseaudio", List.of("name", "streamName", "latency"),
          "sdl", List.of("bufferCount"));
  private static final List<String> SETTINGS = List.of("frequency", "channels", "format");
  private static final List<String> SWITCHES =
      List.of("mixingEngine", "fixedSettings", "exactName", "tryPoll", "tryMMap", "exclusive");
  private static final List<String> NUMBERS =
      List.of("voices", "bufferLength", "bufferCount", "latency", "timerPeriod", "dspPolicy");

  private static final List<String> POSITIVE = List.of("voices", "bufferLength", "timerPeriod");
  private static final String[] SDL_DRIVERS = {"esd", "alsa", "arts", "pulseaudio"};

  public Audio {
    options = Defaults.map(options);
    input = Defaults.map(input);
    output = Defaults.map(output);
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
    XmlValues values = element.values();
    String type = values.word("type", TYPES);
    if (type == null) {
      if (values.text("type") == null) {
        element.invalid("<audio> needs 'type', as in type='none'.");
      }
      type = "none";
    }
    if (element.attribute("id") == null) {
      values.required("id");
    }
    Map<String, String> options = new LinkedHashMap<>();
    put(values, "timerPeriod", options);
    OPTIONS.getOrDefault(type, List.of()).forEach(name -> put(values, name, options));
    return new Audio(
        values.integerOr("id", 1, 1, MAX_ID),
        type,
        options,
        stream(element.child("input"), type),
        stream(element.child("output"), type));
  }

  private static void put(XmlValues values, String name, Map<String, String> found) {
    String value;
    if (SWITCHES.contains(name)) {
      value = values.word(name, "yes", "no");
    } else if (NUMBERS.contains(name)) {
      Integer number = values.integer(name, POSITIVE.contains(name) ? 1 : 0, Integer.MAX_VALUE);
      value = number == null ? null : number.toString();
    } else if (name.equals("driver")) {
      value = values.word(name, SDL_DRIVERS);
    } else {
      value = values.text(name);
    }
    if (value != null) {
      found.put(name, value);
    }
  }

  private static Map<String, String> stream(@Nullable XmlElement stream, String type) {
    if (stream == null) {
      return Map.of();
    }
    Map<String, String> found = new LinkedHashMap<>();
    COMMON.forEach(name -> put(stream.values(), name, found));
    STREAM.getOrDefault(type, List.of()).forEach(name -> put(stream.values(), name, found));
    if ("yes".equals(found.get("fixedSettings")) && !"yes".equals(found.get("mixingEngine"))) {
      stream.invalid("fixedSettings", "Fixed settings require mixingEngine='yes'.");
    }
    XmlElement settings = stream.child("settings");
    if (settings != null) {
      if (!"yes".equals(found.get("fixedSettings"))) {
        settings.invalid("<settings> needs fixedSettings='yes'.");
      }
      settings(settings.values(), found);
    }
    return found;
  }

  private static void settings(XmlValues values, Map<String, String> found) {
    Integer frequency = values.integer("frequency", 1, 1_000_000);
    Integer channels = values.integer("channels", 1, 64);
    String format = values.word("format", "s8", "u8", "s16", "u16", "s32", "u32", "f32");
    if (frequency != null) {
      found.put("frequency", frequency.toString());
    }
    if (channels != null) {
      found.put("channels", channels.toString());
    }
    if (format != null) {
      found.put("format", format);
    }
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
    stream.forEach(
        (attribute, value) -> {
          if (!SETTINGS.contains(attribute)) {
            out.attribute(attribute, value);
          }
        });
    if (SETTINGS.stream().anyMatch(stream::containsKey)) {
      out.open("settings");
      SETTINGS.forEach(attribute -> out.attribute(attribute, stream.get(attribute)));
      out.close();
    }
    out.close();
  }
}
