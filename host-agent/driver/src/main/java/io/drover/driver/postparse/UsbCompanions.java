package io.drover.driver.postparse;

import io.drover.contracts.definition.Address;
import io.drover.contracts.definition.Controller;
import io.drover.contracts.definition.Device;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** ICH9's USB controllers: one EHCI with its companions in one slot. */
final class UsbCompanions {
  private static final Map<String, Integer> FUNCTIONS =
      Map.of("ich9-ehci1", 7, "ich9-uhci1", 0, "ich9-uhci2", 1, "ich9-uhci3", 2);

  private UsbCompanions() {}

  /** The place beside its group, or in a new slot for it; null for any other device. */
  static Address.@Nullable Pci place(
      Draft draft, Device device, Map<Device, Address.Pci> given, PciBuses buses) {
    Integer function =
        device instanceof Controller controller && controller.model() != null
            ? FUNCTIONS.get(controller.model())
            : null;
    if (function == null || !(device instanceof Controller wanted)) {
      return null;
    }
    for (Controller other : draft.all(Controller.class)) {
      boolean sameGroup =
          other != wanted
              && other.type().equals("usb")
              && other.model() != null
              && FUNCTIONS.containsKey(other.model())
              && wanted.index() != null
              && wanted.index().equals(other.index());
      Address.Pci beside = other.info().pci() == null ? given.get(other) : other.info().pci();
      if (sameGroup && beside != null) {
        Address.Pci place = new Address.Pci(beside.bus(), beside.slot(), function);
        buses.take(place, false, Names.of(wanted));
        return place;
      }
    }
    return slot(draft, wanted, function, buses);
  }

  private static Address.Pci slot(Draft draft, Controller wanted, int function, PciBuses buses) {
    int index = wanted.index() == null ? 0 : wanted.index();
    int fixed = index == 0 ? 0x1d : 0x1a;
    if (draft.q35() && index < 2 && buses.bus(0).isFree(fixed)) {
      Address.Pci place = new Address.Pci(0, fixed, function);
      buses.take(place, false, Names.of(wanted));
      return place;
    }
    Address.Pci first = buses.next(SlotKind.CONVENTIONAL);
    return function == 0 ? first : new Address.Pci(first.bus(), first.slot(), function);
  }
}
