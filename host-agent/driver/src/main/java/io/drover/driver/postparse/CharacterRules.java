package io.drover.driver.postparse;

import io.drover.contracts.definition.Audio;
import io.drover.contracts.definition.CharacterDevice;
import io.drover.contracts.definition.CharacterSource;
import io.drover.contracts.definition.Device;
import io.drover.contracts.definition.Graphics;
import io.drover.contracts.definition.RedirectedDevice;
import io.drover.contracts.definition.Rng;
import io.drover.contracts.definition.Smartcard;
import org.jspecify.annotations.Nullable;

/** What is connected to the SPICE display needs one, and the agent's channel is a channel. */
final class CharacterRules {
  private final Rules rules;
  private final boolean spice;

  private CharacterRules(Rules rules, Draft draft) {
    this.rules = rules;
    this.spice = draft.all(Graphics.class).stream().anyMatch(each -> each.type().equals("spice"));
  }

  static void check(Rules rules, Draft draft) {
    CharacterRules characters = new CharacterRules(rules, draft);
    for (CharacterDevice device : draft.all(CharacterDevice.class)) {
      if (device.element().equals("console") && "serial".equals(device.targetType())) {
        continue; // the first serial port seen again
      }
      characters.source(device, device.source());
      boolean agent =
          device.source() instanceof CharacterSource.Spice source && source.channel() == null;
      if (agent && !device.element().equals("channel")) {
        rules.fault(device, "spicevmc device type only supports virtio channels.");
      }
    }
    draft.all(RedirectedDevice.class).forEach(each -> characters.source(each, each.source()));
    draft.all(Rng.class).forEach(each -> characters.source(each, each.egd()));
    draft.all(Smartcard.class).forEach(each -> characters.source(each, each.source()));
    for (Audio audio : draft.all(Audio.class)) {
      if (audio.type().equals("spice") && !characters.spice) {
        rules.fault(audio, "Spice audio is not supported without spice graphics.");
      }
    }
  }

  private void source(Device device, @Nullable CharacterSource source) {
    if (source instanceof CharacterSource.Spice channel && !spice) {
      String kind = channel.channel() == null ? "spicevmc" : "spiceport";
      rules.fault(device, "chardev '" + kind + "' not supported without spice graphics.");
    }
  }
}
