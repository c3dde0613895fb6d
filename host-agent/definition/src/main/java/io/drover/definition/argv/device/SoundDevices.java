package io.drover.definition.argv.device;

import io.drover.contracts.definition.device.Sound;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.DevicePart;
import io.drover.definition.argv.option.JsonOption;
import io.drover.definition.argv.option.Props;
import io.drover.definition.argv.option.QemuOption;
import io.drover.definition.argv.option.TextOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The sound cards. */
public final class SoundDevices {
  private static final Map<String, String> DRIVERS =
      Map.of(
          "ac97", "AC97",
          "es1370", "ES1370",
          "sb16", "sb16",
          "usb", "usb-audio",
          "ich6", "intel-hda",
          "ich9", "ich9-intel-hda");

  private SoundDevices() {}

  public static DevicePart part(ArgvContext placed, Sound sound) {
    String audio = AudioBackends.named(placed, sound.audio());
    String driver = DRIVERS.get(sound.model());
    if (driver == null) { // the speaker is part of the board
      return DevicePart.of(new TextOption("-machine", "pcspk-audiodev=" + audio));
    }
    Props device = Props.device(driver).put("id", ArgvContext.alias(sound));
    if (!sound.hda()) {
      device.put("audiodev", audio);
    }
    device.put("multi", sound.multichannel());
    List<QemuOption> options = new ArrayList<>();
    options.add(JsonOption.device(placed.at(device, sound)));
    if (sound.hda()) {
      options.addAll(codecs(sound, audio));
    }
    return new DevicePart(options);
  }

  private static List<JsonOption> codecs(Sound sound, String audio) {
    List<String> names = sound.codecs().isEmpty() ? List.of("duplex") : sound.codecs();
    String alias = ArgvContext.alias(sound);
    List<JsonOption> codecs = new ArrayList<>();
    for (int number = 0; number < names.size(); number++) {
      codecs.add(
          JsonOption.device(
              Props.device("hda-" + names.get(number))
                  .put("id", alias + "-codec" + number)
                  .put("bus", alias + ".0")
                  .put("cad", number)
                  .put("audiodev", audio)));
    }
    return codecs;
  }
}
