package io.drover.definition.complete.address;

import io.drover.contracts.definition.common.Address;
import io.drover.contracts.definition.common.DeviceInfo;
import io.drover.contracts.definition.device.CharacterDevice;
import io.drover.contracts.definition.device.Controller;
import io.drover.contracts.definition.device.Device;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.device.HostDevice;
import io.drover.contracts.definition.device.Hub;
import io.drover.contracts.definition.device.Input;
import io.drover.contracts.definition.device.NetworkInterface;
import io.drover.contracts.definition.device.RedirectedDevice;
import io.drover.contracts.definition.device.Sound;
import io.drover.contracts.definition.host.HostSource;
import io.drover.definition.complete.builder.DefinitionBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Gives USB devices their ports; hubs are added where the controllers have too few. */
public final class UsbPorts {
  private static final Map<String, Integer> PORTS =
      Map.of(
          "piix3-uhci", 2,
          "piix4-uhci", 2,
          "ich9-ehci1", 6,
          "ehci", 6,
          "pci-ohci", 3,
          "vt82c686b-uhci", 2,
          "nec-xhci", 4,
          "qemu-xhci", 4);

  /** Devices in libvirt's order. */
  private static final List<Class<? extends Device>> ORDER =
      List.of(
          HostDevice.class,
          Disk.class,
          NetworkInterface.class,
          Controller.class,
          Input.class,
          CharacterDevice.class,
          Sound.class,
          RedirectedDevice.class);

  private final DefinitionBuilder draft;

  /** The buses by the index of their controllers. */
  private final Map<Integer, UsbBus> buses = new TreeMap<>();

  private UsbPorts(DefinitionBuilder draft) {
    this.draft = draft;
  }

  public static void assign(DefinitionBuilder draft) {
    UsbPorts ports = new UsbPorts(draft);
    ports.addHubs();
    ports.takeGiven();
    for (Hub hub : draft.all(Hub.class)) {
      if (open(hub)) {
        ports.place(hub);
      }
    }
    for (Device device : ports.devices()) {
      if (open(device)) {
        ports.place(device);
      }
    }
  }

  private List<Device> devices() {
    List<Device> found = new ArrayList<>();
    for (Class<? extends Device> kind : ORDER) {
      draft.all(kind).stream().filter(UsbPorts::isUsb).forEach(found::add);
    }
    return found;
  }

  public static boolean isUsb(Device device) {
    if (device instanceof Disk disk) {
      return DiskPlacement.bus(disk).equals("usb");
    }
    if (device instanceof Input input) {
      return "usb".equals(input.bus());
    }
    if (device instanceof Controller controller) {
      return controller.type().equals("ccid");
    }
    if (device instanceof CharacterDevice character) {
      return "usb-serial".equals(character.targetModel());
    }
    if (device instanceof NetworkInterface nic) {
      return "usb-net".equals(nic.model());
    }
    if (device instanceof HostDevice host) {
      return host.source() instanceof HostSource.Usb;
    }
    return device instanceof RedirectedDevice
        || device instanceof Hub
        || device instanceof Sound sound && sound.model().equals("usb");
  }

  private static boolean open(Device device) {
    Address address = device.info().address();
    return address == null || address instanceof Address.Usb usb && usb.port() == null;
  }

  private void addHubs() {
    int ports = draft.all(Hub.class).size() * UsbBus.HUB_PORTS;
    for (Controller controller : draft.all(Controller.class)) {
      int own = ports(controller);
      ports += own;
      if (own > 0 && controller.index() != null) {
        if (buses.put(controller.index(), new UsbBus(own)) != null) {
          throw PciBuses.invalid(
              "Two USB controllers have the index " + controller.index() + "; give each its own.");
        }
      }
    }
    int count = devices().size() + draft.all(Hub.class).size();
    boolean none =
        draft.all(Controller.class).stream()
            .anyMatch(each -> each.type().equals("usb") && "none".equals(each.model()));
    if (count > 0 && none) {
      throw PciBuses.invalid(
          "USB is disabled for this domain (<controller type='usb' model='none'>), but it has"
              + " devices on USB.");
    }
    if (count > ports && !buses.isEmpty()) {
      int gained = UsbBus.HUB_PORTS - 1; // a hub takes a port itself
      int hubs = (count - ports + 1 + gained - 1) / gained;
      for (int i = 0; i < hubs; i++) {
        draft.add(new Hub(DeviceInfo.NONE));
      }
    }
  }

  private static int ports(Controller controller) {
    if (!controller.type().equals("usb")) {
      return 0;
    }
    String given = controller.options().get("ports");
    String model = controller.model() == null ? "" : controller.model();
    boolean counts = given != null && model.endsWith("-xhci");
    return counts ? Integer.parseInt(given) : PORTS.getOrDefault(model, 0);
  }

  private void takeGiven() {
    for (Hub hub : draft.all(Hub.class)) {
      if (hub.info().address() instanceof Address.Usb usb && usb.port() != null) {
        bus(usb.bus()).takeHub(usb);
      }
    }
    for (Device device : devices()) {
      if (device.info().address() instanceof Address.Usb usb && usb.port() != null) {
        bus(usb.bus()).take(usb);
      }
    }
  }

  private UsbBus bus(int index) {
    UsbBus bus = buses.get(index);
    if (bus == null) {
      throw PciBuses.invalid(
          "There is no USB bus "
              + index
              + "; add a <controller type='usb' index='"
              + index
              + "'>.");
    }
    return bus;
  }

  private void place(Device device) {
    Address.Usb place = next(device);
    if (device instanceof Hub) {
      bus(place.bus()).addHub(place);
    }
    draft.replace(device, device.withInfo(device.info().withAddress(place)));
  }

  private Address.Usb next(Device device) {
    List<Integer> candidates =
        device.info().address() instanceof Address.Usb wanted
            ? List.of(wanted.bus())
            : List.copyOf(buses.keySet());
    for (int index : candidates) {
      String port = bus(index).next();
      if (port != null) {
        return new Address.Usb(index, port);
      }
    }
    throw PciBuses.invalid("No USB port is free; add a <controller type='usb'>.");
  }
}
