package io.drover.definition.argv.device;

import io.drover.contracts.definition.device.Sound;
import io.drover.definition.argv.option.Arguments;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.Props;
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

  public static void add(ArgvContext placed, Arguments out) {
    for (Sound sound : placed.definition().devices(Sound.class)) {
      String audio = AudioBackends.named(placed, sound.audio());
      String driver = DRIVERS.get(sound.model());
      if (driver == null) {
        out.option("-machine", "pcspk-audiodev=" + audio); // the speaker is part of the board
        continue;
      }
      Props device = Props.device(driver).put("id", ArgvContext.alias(sound));
      if (!sound.hda()) {
        device.put("audiodev", audio);
      }
      device.put("multi", sound.multichannel());
      out.device(placed.at(device, sound));
      if (sound.hda()) {
        codecs(sound, audio, out);
      }
    }
  }

  private static void codecs(Sound sound, String audio, Arguments out) {
    List<String> codecs = sound.codecs().isEmpty() ? List.of("duplex") : sound.codecs();
    String alias = ArgvContext.alias(sound);
    for (int number = 0; number < codecs.size(); number++) {
      out.device(
          Props.device("hda-" + codecs.get(number))
              .put("id", alias + "-codec" + number)
              .put("bus", alias + ".0")
              .put("cad", number)
              .put("audiodev", audio));
    }
  }
}
