package io.drover.definition.complete.rule;

import io.drover.contracts.definition.character.CharacterSource;
import io.drover.contracts.definition.common.Address;
import io.drover.contracts.definition.device.Audio;
import io.drover.contracts.definition.device.CharacterDevice;
import io.drover.contracts.definition.device.Device;
import io.drover.contracts.definition.device.Graphics;
import io.drover.contracts.definition.device.RedirectedDevice;
import io.drover.contracts.definition.device.Rng;
import io.drover.contracts.definition.device.Smartcard;
import io.drover.definition.complete.builder.DefinitionBuilder;
import io.drover.definition.complete.builder.Faults;
import org.jspecify.annotations.Nullable;

/** What is connected to the SPICE display needs one, and the agent's channel is a channel. */
final class CharacterRules {
  private static final String AGENT = "com.redhat.spice.0";

  private final Faults faults;
  private final boolean spice;

  private CharacterRules(Faults faults, DefinitionBuilder draft) {
    this.faults = faults;
    this.spice = draft.all(Graphics.class).stream().anyMatch(each -> each.type().equals("spice"));
  }

  static void check(Faults faults, DefinitionBuilder draft) {
    CharacterRules characters = new CharacterRules(faults, draft);
    for (CharacterDevice device : draft.all(CharacterDevice.class)) {
      if (device.element().equals("console") && "serial".equals(device.targetType())) {
        continue; // the first serial port seen again
      }
      characters.source(device, device.source());
      target(faults, device);
      boolean agent =
          device.source() instanceof CharacterSource.Spice source && source.channel() == null;
      if (agent && (!device.element().equals("channel") || device.forward() != null)) {
        faults.fault(device, "spicevmc device type only supports virtio channels.");
      }
      Address address = device.info().address();
      boolean virtio = "virtio".equals(device.targetType());
      if (virtio && address != null && !(address instanceof Address.VirtioSerial)) {
        faults.fault(device, "virtio serial device has invalid address type.");
      }
      String name = device.targetName();
      if (agent && name != null && !name.equals(AGENT)) {
        faults.fault(device, "A spicevmc channel is named '" + AGENT + "', not '" + name + "'.");
      }
    }
    draft.characters("console").stream()
        .skip(1)
        .filter(console -> "serial".equals(console.targetType()))
        .forEach(console -> faults.fault(console, "Only the first console can be a serial port."));
    draft.all(RedirectedDevice.class).forEach(each -> characters.source(each, each.source()));
    draft.all(Rng.class).forEach(each -> characters.source(each, each.egd()));
    draft.all(Smartcard.class).forEach(each -> characters.source(each, each.source()));
    for (Audio audio : draft.all(Audio.class)) {
      if (audio.type().equals("spice") && !characters.spice) {
        faults.fault(audio, "Spice audio is not supported without spice graphics.");
      }
    }
  }

  /** A serial port's model goes with its type, and its address with both. */
  private static void target(Faults faults, CharacterDevice device) {
    String type = device.targetType();
    String model = device.targetModel();
    if (!device.element().equals("serial") || type == null || model == null) {
      return;
    }
    if (type.equals("system-serial")) {
      faults.fault(device, "This machine has no serial port of type='system-serial'.");
      return;
    }
    String wanted = model.equals("isa-debugcon") ? "isa-debug" : model;
    if (!type.equals(wanted)) {
      faults.fault(
          device, "The target model '" + model + "' requires the target type '" + wanted + "'.");
    }
    Address address = device.info().address();
    boolean fits =
        address == null
            || switch (type) {
              case "usb-serial" -> address instanceof Address.Usb;
              case "pci-serial" -> address instanceof Address.Pci;
              default -> address instanceof Address.Isa;
            };
    if (!fits) {
      faults.fault(device, "The target type '" + type + "' requires an address of its own kind.");
    }
  }

  private static boolean listensAndReconnects(@Nullable CharacterSource source) {
    if (source instanceof CharacterSource.Unix unix) {
      return unix.reconnectSeconds() != null && !"connect".equals(unix.mode());
    }
    return source instanceof CharacterSource.Tcp tcp
        && tcp.reconnectSeconds() != null
        && ("bind".equals(tcp.mode()) || "server".equals(tcp.mode()));
  }

  private void source(Device device, @Nullable CharacterSource source) {
    boolean placed =
        device instanceof CharacterDevice character
            && character.element().equals("channel")
            && "virtio".equals(character.targetType());
    if (source instanceof CharacterSource.Unix unix
        && unix.path() == null
        && (!placed || "connect".equals(unix.mode()))) {
      faults.fault(
          device,
          "The socket needs a path; the driver places those of virtio channels only, where they"
              + " listen.");
    }
    if (listensAndReconnects(source)) {
      faults.fault(device, "A chardev reconnects in mode='connect' only.");
    }
    if (source instanceof CharacterSource.Spice channel && !spice) {
      String kind = channel.channel() == null ? "spicevmc" : "spiceport";
      faults.fault(device, "chardev '" + kind + "' not supported without spice graphics.");
    }
  }
}
