package io.drover.definition.complete.address;

import io.drover.contracts.definition.common.Address;
import io.drover.contracts.definition.device.Balloon;
import io.drover.contracts.definition.device.CharacterDevice;
import io.drover.contracts.definition.device.Controller;
import io.drover.contracts.definition.device.Crypto;
import io.drover.contracts.definition.device.Device;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.device.Filesystem;
import io.drover.contracts.definition.device.HostDevice;
import io.drover.contracts.definition.device.Input;
import io.drover.contracts.definition.device.Iommu;
import io.drover.contracts.definition.device.MemoryDevice;
import io.drover.contracts.definition.device.NetworkInterface;
import io.drover.contracts.definition.device.Panic;
import io.drover.contracts.definition.device.Rng;
import io.drover.contracts.definition.device.SharedMemory;
import io.drover.contracts.definition.device.Sound;
import io.drover.contracts.definition.device.Video;
import io.drover.contracts.definition.device.Vsock;
import io.drover.contracts.definition.device.Watchdog;
import io.drover.contracts.definition.network.NetworkSource;
import io.drover.definition.complete.builder.DefinitionBuilder;
import io.drover.definition.complete.builder.DeviceNames;
import io.drover.definition.complete.builder.Faults;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives each PCI device an address, in libvirt's order. A first pass over the devices only finds
 * out which buses are missing; a second one, with their controllers there, assigns.
 */
public final class PciAddresses {
  /** Devices in the order in which they are served; the controllers of PCI itself come first. */
  private static final List<Class<? extends Device>> ORDER =
      List.of(
          Filesystem.class,
          NetworkInterface.class,
          Sound.class,
          Controller.class,
          Disk.class,
          HostDevice.class,
          Balloon.class,
          Rng.class,
          Watchdog.class,
          Video.class,
          SharedMemory.class,
          Input.class,
          CharacterDevice.class,
          Iommu.class,
          Vsock.class,
          MemoryDevice.class,
          Crypto.class,
          Panic.class);

  private final DefinitionBuilder draft;
  private final Faults faults;
  private final boolean planning;
  private final PciBuses buses;
  private final Map<Device, Address.Pci> given = new IdentityHashMap<>();

  private PciAddresses(DefinitionBuilder draft, Faults faults, boolean planning) {
    this.draft = draft;
    this.faults = faults;
    this.planning = planning;
    this.buses = new PciBuses(draft.q35(), planning);
  }

  public static void assign(DefinitionBuilder draft, Faults faults) {
    int known = highestBus(draft);
    PciAddresses planning = new PciAddresses(draft, faults, true);
    PciBuses planned = planning.place();
    planning.moved().forEach(draft::replace);
    boolean ownManagement = known > 0;
    if (draft.q35() && !ownManagement && planned.count() > 1) {
      planned.next(SlotKind.EXPRESS); // one port stays free, for plugging in
    }
    for (int index = 1; index < planned.count(); index++) {
      draft.ensureController("pci", index, planned.bus(index).model());
    }
    draft.each(
        Controller.class,
        controller ->
            controller.type().equals("pci") ? PciModelNames.named(controller) : controller);
    PciAddresses pass = new PciAddresses(draft, faults, false);
    PciBuses placed = pass.place();
    pass.given.forEach(
        (device, address) ->
            draft.replace(device, device.withInfo(device.info().withAddress(address))));
    for (Controller controller : draft.all(Controller.class)) {
      faults.attempt(controller, () -> behindItsBus(controller));
    }
    PciPorts.finish(draft, placed);
  }

  /** Gives addresses on the buses that are there: a machine that runs gets no others. */
  public static void assignPlugged(DefinitionBuilder draft, Faults faults) {
    draft.each(
        Controller.class,
        controller ->
            controller.type().equals("pci") && controller.info().alias() == null
                ? PciModelNames.named(controller)
                : controller);
    PciAddresses pass = new PciAddresses(draft, faults, false);
    PciBuses placed = pass.place();
    pass.given.forEach(
        (device, address) ->
            draft.replace(device, device.withInfo(device.info().withAddress(address))));
    PciPorts.finish(draft, placed);
  }

  /** The devices whose given address led to a bus beyond it. */
  private Map<Device, Device> moved() {
    Map<Device, Device> moved = new IdentityHashMap<>();
    given.forEach(
        (device, address) -> {
          if (device.info().pci() != null) {
            moved.put(device, device.withInfo(device.info().withAddress(address)));
          }
        });
    return moved;
  }

  /** QEMU makes controllers in the order of their numbers: one's bus must be there before it. */
  private static void behindItsBus(Controller controller) {
    Address.Pci address = controller.info().pci();
    Integer index = controller.index();
    if (!controller.type().equals("pci") || index == null || index <= 0) {
      return;
    }
    if (address != null && address.bus() >= index) {
      throw PciBuses.invalid(
          "PCI controller at index "
              + index
              + " has bus="
              + address.bus()
              + ", but index must be larger than bus.");
    }
  }

  private static int highestBus(DefinitionBuilder draft) {
    return draft.all(Controller.class).stream()
        .filter(controller -> controller.type().equals("pci") && controller.index() != null)
        .mapToInt(Controller::index)
        .max()
        .orElse(0);
  }

  private PciBuses place() {
    for (Controller controller : draft.all(Controller.class)) {
      if (controller.type().equals("pci")
          && controller.index() != null
          && controller.model() != null) {
        buses.set(controller.index(), controller.model());
      }
    }
    buses.fillGaps();
    takeGiven();
    Map<Device, Address.Pci> chipset =
        draft.q35() ? Chipset.q35(draft, buses) : Chipset.i440fx(draft, buses);
    given.putAll(chipset);
    if (planning && !draft.q35() && !allFull()) {
      buses.next(SlotKind.CONVENTIONAL); // a place for a bridge, should one be needed
    }
    for (Device device : inOrder()) {
      SlotKind kind = PciSlotKinds.of(device, draft.q35());
      if (kind != null && device.info().pci() == null && !given.containsKey(device)) {
        given.put(device, next(device, kind));
      }
    }
    return buses;
  }

  private Address.Pci next(Device device, SlotKind kind) {
    Address.Pci companion = UsbCompanions.place(draft, device, given, buses);
    return companion == null ? buses.next(kind) : companion;
  }

  private boolean allFull() {
    for (int index = 0; index < buses.count(); index++) {
      if (!buses.bus(index).isFull()) {
        return false;
      }
    }
    return true;
  }

  private void takeGiven() {
    for (Device device : draft.devices()) {
      Address.Pci address = device.info().pci();
      if (address != null && !Chipset.builtIn(device, draft.q35()) && !mirror(device)) {
        SlotKind kind = PciSlotKinds.of(device, draft.q35());
        faults.attempt(device, () -> take(device, address, kind));
      }
    }
  }

  private void take(Device device, Address.Pci address, @Nullable SlotKind kind) {
    if (kind == null) {
      buses.take(address, false, DeviceNames.of(device));
      return;
    }
    Address.Pci taken = buses.take(address, kind, DeviceNames.of(device));
    if (!taken.equals(address)) {
      given.put(device, taken);
    }
  }

  /** The console that is the first serial port seen again: one device, one address. */
  private static boolean mirror(Device device) {
    return device instanceof CharacterDevice character
        && character.element().equals("console")
        && "serial".equals(character.targetType());
  }

  private List<Device> inOrder() {
    List<Device> ordered = new ArrayList<>();
    for (Controller controller : draft.all(Controller.class)) {
      if (controller.type().equals("pci")) {
        ordered.add(controller);
      }
    }
    for (Class<? extends Device> kind : ORDER) {
      if (kind == HostDevice.class) {
        draft.all(NetworkInterface.class).stream()
            .filter(PciAddresses::fromHost)
            .forEach(ordered::add);
      }
      for (Device device : draft.all(kind)) {
        boolean elsewhere =
            device instanceof Controller controller && controller.type().equals("pci")
                || fromHost(device);
        if (!elsewhere) {
          ordered.add(device);
        }
      }
    }
    return ordered;
  }

  /** A network card that is a device of the host is placed with those. */
  private static boolean fromHost(Device device) {
    return device instanceof NetworkInterface nic && nic.source() instanceof NetworkSource.HostPci;
  }
}
