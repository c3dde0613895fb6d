package io.drover.definition.complete.defaults;

import io.drover.contracts.definition.common.Address;
import io.drover.contracts.definition.common.DeviceInfo;
import io.drover.contracts.definition.common.VirtioOptions;
import io.drover.contracts.definition.device.Balloon;
import io.drover.contracts.definition.device.CharacterDevice;
import io.drover.contracts.definition.device.Controller;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.device.Graphics;
import io.drover.contracts.definition.device.Input;
import io.drover.contracts.definition.device.Video;
import io.drover.definition.complete.address.DiskPlacement;
import io.drover.definition.complete.address.ScsiPlacement;
import io.drover.definition.complete.address.Smartcards;
import io.drover.definition.complete.address.UsbCompanions;
import io.drover.definition.complete.builder.DefinitionBuilder;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Adds the devices that a machine has without being asked, and the controllers that are used. */
public final class ImplicitDevices {
  /** Disk buses with their controllers' types, in the order in which they are looked at. */
  private static final List<String> DISK_BUSES = List.of("scsi", "fdc", "ide", "sata");

  private ImplicitDevices() {}

  public static void apply(DefinitionBuilder draft) {
    ScsiPlacement.controllers(draft);
    numberControllers(draft);
    machine(draft);
    for (String bus : DISK_BUSES) {
      diskControllers(draft, bus);
    }
    virtioSerialControllers(draft);
    Smartcards.apply(draft);
    ScsiPlacement.apply(draft);
    inputs(draft);
    if (draft.all(Video.class).isEmpty() && !draft.all(Graphics.class).isEmpty()) {
      draft.add(
          new Video(
              DeviceInfo.NONE,
              null,
              null,
              null,
              new Video.VideoMemory(null, null, null, null),
              null,
              null,
              null,
              null,
              VirtioOptions.NONE));
    }
  }

  /** Gives an index to each controller that has none: the first that is free for its type. */
  private static void numberControllers(DefinitionBuilder draft) {
    for (Controller controller : draft.all(Controller.class)) {
      if (controller.index() != null) {
        continue;
      }
      Integer group = UsbCompanions.index(draft, controller);
      if (group != null) {
        draft.replace(controller, controller.withIndex(group));
        continue;
      }
      Set<Integer> used = new HashSet<>();
      draft.all(Controller.class).stream()
          .filter(other -> other.type().equals(controller.type()) && other.index() != null)
          .forEach(other -> used.add(other.index()));
      int index = 0;
      while (used.contains(index)) {
        index++;
      }
      draft.replace(controller, controller.withIndex(index));
    }
  }

  private static void machine(DefinitionBuilder draft) {
    boolean q35 = draft.q35();
    draft.ensureController("usb", 0, q35 ? "qemu-xhci" : null);
    if (q35) {
      draft.ensureController("sata", 0, null);
    }
    draft.ensureController("pci", 0, q35 ? "pcie-root" : "pci-root");
    if (draft.all(Balloon.class).isEmpty()) {
      draft.add(Balloon.byDefault());
    }
  }

  private static void diskControllers(DefinitionBuilder draft, String bus) {
    int highest = -1;
    for (Disk disk : draft.all(Disk.class)) {
      if (DiskPlacement.bus(disk).equals(bus)
          && disk.info().address() instanceof Address.Drive drive) {
        highest = Math.max(highest, drive.controller());
      }
    }
    for (int index = 0; index <= highest; index++) {
      draft.ensureController(bus, index, null);
    }
  }

  private static void virtioSerialControllers(DefinitionBuilder draft) {
    for (CharacterDevice device : draft.all(CharacterDevice.class)) {
      if ("virtio".equals(device.targetType())) {
        int index =
            device.info().address() instanceof Address.VirtioSerial address
                ? address.controller()
                : 0;
        draft.ensureController("virtio-serial", index, null);
      }
    }
  }

  private static void inputs(DefinitionBuilder draft) {
    draft.each(
        Input.class, input -> input.bus() == null ? input.withBus(defaultBus(input)) : input);
    for (String type : List.of("mouse", "keyboard")) {
      boolean there =
          draft.all(Input.class).stream()
              .anyMatch(input -> input.type().equals(type) && "ps2".equals(input.bus()));
      if (!there) {
        draft.add(Input.of(type, "ps2"));
      }
    }
  }

  private static String defaultBus(Input input) {
    return Map.of("mouse", "ps2", "keyboard", "ps2", "passthrough", "virtio", "evdev", "none")
        .getOrDefault(input.type(), "usb");
  }
}
