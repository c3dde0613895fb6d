package io.drover.definition.complete.address;

import io.drover.contracts.definition.common.Address;
import io.drover.contracts.definition.device.Controller;
import io.drover.contracts.definition.device.Device;
import io.drover.definition.complete.builder.DefinitionBuilder;
import io.drover.definition.complete.builder.DeviceNames;
import io.drover.definition.complete.builder.Faults;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** ICH9's USB controllers: one EHCI with its companions in one slot. */
public final class UsbCompanions {
  private static final Map<String, Integer> FUNCTIONS =
      Map.of("ich9-ehci1", 7, "ich9-uhci1", 0, "ich9-uhci2", 1, "ich9-uhci3", 2);

  private static final Map<String, Integer> PORTS =
      Map.of("ich9-uhci1", 0, "ich9-uhci2", 2, "ich9-uhci3", 4);

  private UsbCompanions() {}

  /** The place beside its group, or in a new slot for it; null for any other device. */
  static Address.@Nullable Pci place(
      DefinitionBuilder draft, Device device, Map<Device, Address.Pci> given, PciBuses buses) {
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
        buses.take(place, false, DeviceNames.of(wanted));
        return grouped(wanted, place);
      }
    }
    return grouped(wanted, buses.next(SlotKind.CONVENTIONAL, function));
  }

  /** The first companion opens its slot for the group, even while it is alone there. */
  private static Address.Pci grouped(Controller companion, Address.Pci place) {
    return "ich9-uhci1".equals(companion.model()) ? place.withMultifunction("on") : place;
  }

  /** Gives the companions that name no port of a master those that they have in real groups. */
  public static void ports(DefinitionBuilder draft) {
    draft.each(
        Controller.class,
        controller -> {
          Integer port = controller.model() == null ? null : PORTS.get(controller.model());
          return port == null || controller.startPort() != null || master(draft, controller) == null
              ? controller
              : controller.withStartPort(port);
        });
  }

  private static @Nullable Controller master(DefinitionBuilder draft, Controller companion) {
    return draft.all(Controller.class).stream()
        .filter(
            each ->
                each.type().equals("usb")
                    && each.startPort() == null
                    && (each.model() == null || !PORTS.containsKey(each.model()))
                    && Objects.equals(each.index(), companion.index()))
        .findFirst()
        .orElse(null);
  }

  /** The places of real ICH9 groups on Q35: the first two that have no other get them. */
  static void chipset(DefinitionBuilder draft, PciBuses buses, Map<Device, Address.Pci> given) {
    for (Controller controller : draft.all(Controller.class)) {
      if (!"ich9-uhci1".equals(controller.model()) || controller.info().pci() != null) {
        continue;
      }
      for (int slot : new int[] {0x1d, 0x1a}) {
        if (buses.bus(0).isFree(slot) && !given.containsKey(controller)) {
          Address.Pci place = new Address.Pci(0, slot, 0);
          buses.take(place, false, DeviceNames.of(controller));
          given.put(controller, grouped(controller, place));
        }
      }
    }
  }

  /**
   * The index of the group that a controller without one belongs to: that of the controller right
   * before it, if the group lacks its model; null when it has none to join.
   */
  public static @Nullable Integer index(DefinitionBuilder draft, Controller wanted) {
    if (!member(wanted)) {
      return null;
    }
    Controller before = null;
    for (Controller controller : draft.all(Controller.class)) {
      if (controller == wanted) {
        break;
      }
      before = controller.type().equals("usb") ? controller : before;
    }
    if (before == null || !member(before)) {
      return null;
    }
    Integer index = before.index();
    boolean there =
        draft.all(Controller.class).stream()
            .anyMatch(
                each ->
                    each.type().equals("usb")
                        && Objects.equals(each.index(), index)
                        && Objects.equals(each.model(), wanted.model()));
    return there ? null : index;
  }

  /** A companion hangs on the controller of the same index that is none itself. */
  public static void check(Faults faults, DefinitionBuilder draft) {
    List<Controller> all =
        draft.all(Controller.class).stream().filter(each -> each.type().equals("usb")).toList();
    for (Controller controller : all) {
      boolean companion = member(controller) && !"ich9-ehci1".equals(controller.model());
      if (companion && controller.startPort() == null) {
        faults.fault(controller, "No master USB controller specified; give <master startport=>.");
      } else if (controller.startPort() != null
          && all.stream()
              .noneMatch(
                  each ->
                      each.startPort() == null
                          && Objects.equals(each.index(), controller.index()))) {
        faults.fault(
            controller, "masterbus not found: no other controller has this index; add one.");
      }
    }
    boolean none = all.stream().anyMatch(each -> "none".equals(each.model()));
    if (none && all.size() > 1) {
      faults.fault(
          all.get(0), "Can't add another USB controller: USB is disabled for this domain.");
    }
  }

  private static boolean member(Controller controller) {
    return controller.type().equals("usb")
        && controller.model() != null
        && FUNCTIONS.containsKey(controller.model());
  }
}
