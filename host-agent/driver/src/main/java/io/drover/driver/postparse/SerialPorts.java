package io.drover.driver.postparse;

import io.drover.contracts.definition.Address;
import io.drover.contracts.definition.CharacterDevice;
import io.drover.contracts.definition.Controller;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Gives virtio consoles and channels their ports on the virtio-serial controllers. */
final class SerialPorts {
  private static final int DEFAULT_PORTS = 31;

  private SerialPorts() {}

  static void assign(Draft draft) {
    Set<Address.VirtioSerial> used = new HashSet<>();
    for (CharacterDevice device : draft.all(CharacterDevice.class)) {
      if (device.info().address() instanceof Address.VirtioSerial address && address.port() > 0) {
        used.add(address);
      }
    }
    for (String element : List.of("console", "channel")) {
      for (CharacterDevice device : draft.characters(element)) {
        if ("virtio".equals(device.targetType())) {
          assign(draft, device, used);
        }
      }
    }
  }

  private static void assign(Draft draft, CharacterDevice device, Set<Address.VirtioSerial> used) {
    Address address = device.info().address();
    boolean console = device.element().equals("console");
    if (address instanceof Address.VirtioSerial given && (given.port() > 0 || console)) {
      used.add(given);
      return;
    }
    if (address != null && !(address instanceof Address.VirtioSerial)) {
      return;
    }
    for (Controller controller : draft.all(Controller.class)) {
      boolean wanted =
          controller.type().equals("virtio-serial")
              && controller.index() != null
              && (!(address instanceof Address.VirtioSerial given)
                  || given.controller() == controller.index());
      if (!wanted || controller.index() == null) {
        continue;
      }
      int ports = ports(controller);
      for (int port = console ? 0 : 1; port < ports; port++) {
        Address.VirtioSerial place = new Address.VirtioSerial(controller.index(), 0, port);
        if (used.add(place)) {
          draft.replace(device, device.withInfo(device.info().withAddress(place)));
          return;
        }
      }
    }
    throw PciBuses.invalid(
        "No virtio-serial port is free for a "
            + device.element()
            + "; add a <controller type='virtio-serial'>.");
  }

  private static int ports(Controller controller) {
    String ports = controller.options().get("ports");
    return ports == null ? DEFAULT_PORTS : Integer.parseInt(ports);
  }
}
