package io.drover.definition.complete.address;

import io.drover.contracts.definition.common.Address;
import io.drover.contracts.definition.device.CharacterDevice;
import io.drover.contracts.definition.device.Controller;
import io.drover.definition.complete.builder.DefinitionBuilder;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Gives virtio channels their ports on the virtio-serial controllers; consoles take the first. */
public final class SerialPorts {
  private static final int DEFAULT_PORTS = 31;

  private SerialPorts() {}

  public static void assign(DefinitionBuilder draft) {
    Set<Address.VirtioSerial> used = new HashSet<>();
    for (CharacterDevice device : draft.all(CharacterDevice.class)) {
      if (device.info().address() instanceof Address.VirtioSerial address && address.port() > 0) {
        given(draft, address, used);
      }
    }
    for (CharacterDevice device : draft.characters("channel")) {
      if ("virtio".equals(device.targetType())) {
        assign(draft, device, used);
      }
    }
  }

  private static void assign(
      DefinitionBuilder draft, CharacterDevice device, Set<Address.VirtioSerial> used) {
    Address address = device.info().address();
    if (address instanceof Address.VirtioSerial given && given.port() > 0) {
      return;
    }
    if (address != null && !(address instanceof Address.VirtioSerial)) {
      return;
    }
    for (Controller controller : controllers(draft)) {
      int index = controller.index() == null ? 0 : controller.index();
      if (address instanceof Address.VirtioSerial given && given.controller() != index) {
        continue;
      }
      int ports = ports(controller);
      for (int port = 1; port < ports; port++) {
        Address.VirtioSerial place = new Address.VirtioSerial(index, 0, port);
        if (used.add(place)) {
          draft.replace(device, device.withInfo(device.info().withAddress(place)));
          return;
        }
      }
    }
    int added = 0;
    while (draft.controller("virtio-serial", added).isPresent()) {
      added++;
    }
    draft.ensureController("virtio-serial", added, null);
    Address.VirtioSerial place = new Address.VirtioSerial(added, 0, 1);
    used.add(place);
    draft.replace(device, device.withInfo(device.info().withAddress(place)));
  }

  private static void given(
      DefinitionBuilder draft, Address.VirtioSerial address, Set<Address.VirtioSerial> used) {
    if (!used.add(address)) {
      throw PciBuses.invalid(
          "virtio serial port "
              + address.port()
              + " on controller "
              + address.controller()
              + " is already occupied.");
    }
    boolean there =
        draft
            .controller("virtio-serial", address.controller())
            .map(controller -> address.port() < ports(controller))
            .orElse(false);
    if (!there) {
      throw PciBuses.invalid(
          "virtio serial controller "
              + address.controller()
              + " does not have port "
              + address.port()
              + ".");
    }
  }

  private static List<Controller> controllers(DefinitionBuilder draft) {
    return draft.all(Controller.class).stream()
        .filter(controller -> controller.type().equals("virtio-serial"))
        .sorted(
            Comparator.comparingInt(
                controller -> controller.index() == null ? 0 : controller.index()))
        .toList();
  }

  private static int ports(Controller controller) {
    String ports = controller.options().get("ports");
    return ports == null ? DEFAULT_PORTS : Integer.parseInt(ports);
  }
}
