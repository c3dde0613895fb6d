package io.drover.definition.fromargv.device;

import io.drover.definition.fromargv.draft.GuestDeviceProps;
import io.drover.definition.fromargv.draft.MutableElement;
import io.drover.definition.fromargv.draft.ParsedCommandLine;
import io.drover.definition.fromargv.line.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sound cards, their codecs, and where sound goes to. */
public final class SoundParser {
  public static final Map<String, String> CARDS =
      Map.of(
          "AC97", "ac97",
          "ES1370", "es1370",
          "sb16", "sb16",
          "usb-audio", "usb",
          "intel-hda", "ich6",
          "ich9-intel-hda", "ich9");
  public static final List<String> CODECS = List.of("hda-duplex", "hda-micro", "hda-output");

  private static final Pattern NUMBERED = Pattern.compile("audio(\\d{1,3})");
  private static final Map<String, String> TYPES = Map.of("wav", "file", "pa", "pulseaudio");
  private static final List<String> SWITCHES =
      List.of("mixing-engine", "fixed-settings", "exact-name", "try-poll", "try-mmap", "exclusive");
  private static final List<String> SETTINGS = List.of("frequency", "channels", "format");
  private static final Map<String, String> SPELLED =
      Map.of("try-mmap", "tryMMap", "server", "serverName");

  private SoundParser() {}

  public static void card(ParsedCommandLine draft, String driver, Values values) {
    MutableElement sound = draft.devices().add("sound").with("model", CARDS.get(driver));
    sound.with("multichannel", values.takeYesNo("multi"));
    if (driver.endsWith("intel-hda")) {
      draft.codecCard(values.peek("id"), sound);
    }
    audio(sound, values.take("audiodev"));
    GuestDeviceProps.common(draft, sound, values);
  }

  public static void codec(ParsedCommandLine draft, String driver, Values values) {
    MutableElement card = draft.codecCard(values.peek("bus"));
    if (card == null) {
      draft.unknownDevice(driver, values);
      return;
    }
    values.take("bus");
    card.add("codec").with("type", driver.substring("hda-".length()));
    String audio = values.take("audiodev");
    if (!card.has("audio")) {
      audio(card, audio);
    }
    values.take("cad"); // counted anew
    values.take("id");
  }

  /** Says which back end a card or display uses. */
  public static void audio(MutableElement owner, @Nullable String audiodev) {
    Matcher id = NUMBERED.matcher(audiodev == null ? "" : audiodev);
    if (id.matches()) {
      owner.add("audio").with("id", id.group(1));
    }
  }

  /** Adds all back ends. */
  public static void backends(ParsedCommandLine draft) {
    int next = 1;
    for (String name : draft.backends().all("-audiodev").keySet()) {
      Values backend = draft.backends().use("-audiodev", name);
      if (backend == null) {
        continue;
      }
      Matcher id = NUMBERED.matcher(name);
      int number = id.matches() ? Integer.parseInt(id.group(1)) : next;
      next = number + 1;
      String driver = backend.take("driver", "none");
      MutableElement audio =
          draft
              .devices()
              .add("audio")
              .with("id", number)
              .with("type", TYPES.getOrDefault(driver, driver));
      streams(audio, backend);
    }
  }

  private static void streams(MutableElement audio, Values backend) {
    Map<String, Values> inside = new LinkedHashMap<>();
    inside.put("input", backend.inside("in"));
    inside.put("output", backend.inside("out"));
    inside.forEach(
        (element, stream) -> {
          MutableElement side = audio.add(element);
          stream.takeLeftInside().forEach((name, value) -> member(side, name, value));
          audio.dropIfEmpty(side);
        });
    backend.takeLeft().forEach((name, value) -> audio.with(xmlName(name), shown(name, value)));
  }

  private static void member(MutableElement side, String name, String value) {
    if (SETTINGS.contains(name)) {
      side.part("settings").with(name, value);
    } else {
      side.with(xmlName(name), shown(name, value));
    }
  }

  private static String shown(String name, String value) {
    return SWITCHES.contains(name) ? (value.equals("on") ? "yes" : "no") : value;
  }

  /** libvirt's spelling of QEMU's dashed names. */
  private static String xmlName(String name) {
    String known = SPELLED.get(name);
    if (known != null) {
      return known;
    }
    StringBuilder spelled = new StringBuilder();
    for (String part : name.split("-")) {
      spelled.append(
          spelled.isEmpty() ? part : Character.toUpperCase(part.charAt(0)) + part.substring(1));
    }
    return spelled.toString();
  }
}
