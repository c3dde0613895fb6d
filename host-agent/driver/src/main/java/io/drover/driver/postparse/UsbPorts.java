package io.drover.driver.postparse;

import io.drover.contracts.definition.Address;
import io.drover.contracts.definition.Controller;
import io.drover.contracts.definition.Device;
import io.drover.contracts.definition.Disk;
import io.drover.contracts.definition.Input;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Gives USB devices their ports. */
final class UsbPorts {
  private static final Map<String, Integer> PORTS =
      Map.of(
          "piix3-uhci", 2,
          "piix4-uhci", 2,
          "ich9-uhci1", 2,
          "ich9-ehci1", 6,
          "ehci", 6,
          "pci-ohci", 3,
          "vt82c686b-uhci", 2,
          "nec-xhci", 4,
          "qemu-xhci", 4);

  private UsbPorts() {}

  static void assign(Draft draft) {
    Set<Address.Usb> used = new HashSet<>();
    for (Device device : draft.devices()) {
      if (device.info().address() instanceof Address.Usb usb
          && usb.port() != null
          && !used.add(usb)) {
        throw PciBuses.invalid(
            "USB port " + usb.port() + " of bus " + usb.bus() + " is used twice.");
      }
    }
    for (Device device : draft.devices()) {
      if (isUsb(device)
          && (device.info().address() == null
              || device.info().address() instanceof Address.Usb given && given.port() == null)) {
        Address.Usb place = next(draft, used);
        draft.replace(device, device.withInfo(device.info().withAddress(place)));
      }
    }
  }

  private static boolean isUsb(Device device) {
    return device instanceof Disk disk && DiskPlacement.bus(disk).equals("usb")
        || device instanceof Input input && "usb".equals(input.bus());
  }

  private static Address.Usb next(Draft draft, Set<Address.Usb> used) {
    for (Controller controller : draft.all(Controller.class)) {
      if (!controller.type().equals("usb") || controller.index() == null) {
        continue;
      }
      for (int port = 1; port <= ports(controller); port++) {
        Address.Usb place = new Address.Usb(controller.index(), Integer.toString(port));
        if (used.add(place)) {
          return place;
        }
      }
    }
    throw PciBuses.invalid("No USB port is free; add a <controller type='usb'>.");
  }

  private static int ports(Controller controller) {
    String given = controller.options().get("ports");
    String model = controller.model() == null ? "" : controller.model();
    return given == null ? PORTS.getOrDefault(model, 0) : Integer.parseInt(given);
  }
}
