package io.drover.definition.complete.address;

import io.drover.contracts.definition.common.Address;
import io.drover.contracts.definition.device.Controller;
import io.drover.contracts.definition.device.Device;
import io.drover.contracts.definition.device.Sound;
import io.drover.contracts.definition.device.Video;
import io.drover.definition.complete.builder.DefinitionBuilder;
import io.drover.definition.complete.builder.DeviceNames;
import java.util.IdentityHashMap;
import java.util.Map;

/** The places that a chipset's own devices have. */
final class Chipset {
  private static final int PIIX3_SLOT = 1;
  private static final int ICH9_SLOT = 0x1f;
  private static final Address.Pci PIIX3_IDE = new Address.Pci(0, PIIX3_SLOT, 1);
  private static final Address.Pci PIIX3_USB = new Address.Pci(0, PIIX3_SLOT, 2);
  private static final Address.Pci ICH9_SOUND = new Address.Pci(0, 0x1b, 0);
  private static final Address.Pci ICH9_BRIDGE = new Address.Pci(0, 0x1e, 0);
  private static final Address.Pci ICH9_SATA = new Address.Pci(0, ICH9_SLOT, 2);

  private Chipset() {}

  /** Whether the device is part of the chipset, so that its address is the chipset's. */
  static boolean builtIn(Device device, boolean q35) {
    return device instanceof Controller controller
        && (q35 ? controller.is("sata", 0) : piix3(controller));
  }

  private static boolean piix3(Controller controller) {
    return controller.is("ide", 0) || piix3Usb(controller);
  }

  private static boolean piix3Usb(Controller controller) {
    boolean model = controller.model() == null || controller.model().equals("piix3-uhci");
    return controller.is("usb", 0) && model;
  }

  private static Address.Pci bare(Address.Pci address) {
    return address.withMultifunction(null);
  }

  static Map<Device, Address.Pci> i440fx(DefinitionBuilder draft, PciBuses buses) {
    Map<Device, Address.Pci> given = new IdentityHashMap<>();
    buses.take(new Address.Pci(0, PIIX3_SLOT, 0), false, "the PIIX3 chipset");
    buses.take(new Address.Pci(0, PIIX3_SLOT, 3), false, "the PIIX3 chipset");
    for (Controller controller : draft.all(Controller.class)) {
      if (controller.is("ide", 0)) {
        fixed(controller, PIIX3_IDE, given, "The first IDE controller");
      } else if (piix3Usb(controller)) {
        fixed(controller, PIIX3_USB, given, "The PIIX3 USB controller");
        buses.take(PIIX3_USB, false, DeviceNames.of(controller));
      }
    }
    video(draft, buses, given, 2);
    return given;
  }

  static Map<Device, Address.Pci> q35(DefinitionBuilder draft, PciBuses buses) {
    Map<Device, Address.Pci> given = new IdentityHashMap<>();
    buses.take(new Address.Pci(0, ICH9_SLOT, 0), false, "the ICH9 chipset");
    buses.take(new Address.Pci(0, ICH9_SLOT, 3), false, "the ICH9 chipset");
    draft
        .controller("sata", 0)
        .ifPresent(
            sata -> {
              fixed(sata, ICH9_SATA, given, "The first SATA controller");
              buses.take(ICH9_SATA, false, DeviceNames.of(sata));
            });
    UsbCompanions.chipset(draft, buses, given);
    bridge(draft, buses, given);
    video(draft, buses, given, 1);
    sound(draft, buses, given);
    return given;
  }

  private static void fixed(
      Controller controller, Address.Pci place, Map<Device, Address.Pci> given, String who) {
    Address.Pci wanted = controller.info().pci();
    if (wanted == null) {
      given.put(controller, place);
    } else if (!bare(wanted).equals(place)) {
      throw PciBuses.invalid(
          String.format(
              "%s of this machine is at 0:0:%x.%x; its <address> must say so or be left out.",
              who, place.slot(), place.function()));
    }
  }

  private static void video(
      DefinitionBuilder draft, PciBuses buses, Map<Device, Address.Pci> given, int slot) {
    Address.Pci place = new Address.Pci(0, slot, 0);
    for (Video video : draft.all(Video.class)) {
      boolean primary = Boolean.TRUE.equals(video.primary());
      SlotKind kind = PciSlotKinds.of(video, draft.q35());
      if (!primary || kind == null || video.info().pci() != null) {
        continue;
      }
      if (buses.bus(0).isFree(slot)) {
        buses.take(place, false, "the primary video card");
        given.put(video, place);
      } else {
        given.put(video, buses.next(kind));
      }
    }
  }

  /** ICH9 has its bridge to PCI at 1e.0; the first one goes there when it can. */
  private static void bridge(
      DefinitionBuilder draft, PciBuses buses, Map<Device, Address.Pci> given) {
    for (Controller controller : draft.all(Controller.class)) {
      boolean open =
          "dmi-to-pci-bridge".equals(controller.model()) && controller.info().pci() == null;
      if (open && buses.bus(0).isFree(ICH9_BRIDGE.slot())) {
        buses.take(ICH9_BRIDGE, false, "the bridge to PCI");
        given.put(controller, ICH9_BRIDGE);
      }
    }
  }

  /** ICH9 has its sound at 1b.0; the first card of that kind goes there when it can. */
  private static void sound(
      DefinitionBuilder draft, PciBuses buses, Map<Device, Address.Pci> given) {
    for (Sound sound : draft.all(Sound.class)) {
      boolean open = sound.model().equals("ich9") && sound.info().pci() == null;
      if (open && buses.bus(0).isFree(ICH9_SOUND.slot())) {
        buses.take(ICH9_SOUND, false, "the sound card");
        given.put(sound, ICH9_SOUND);
      }
    }
  }
}
