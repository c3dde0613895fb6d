package io.drover.definition.argv.option;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.common.Address;
import io.drover.contracts.definition.common.VirtioOptions;
import io.drover.contracts.definition.device.CharacterDevice;
import io.drover.contracts.definition.device.Controller;
import io.drover.contracts.definition.device.Device;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.device.NetworkInterface;
import io.drover.definition.argv.host.HostLayout;
import io.drover.definition.argv.host.SecretMaterial;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A completed definition with what several option groups look up in it. */
public final class ArgvContext {
  private final DomainDefinition definition;
  private final HostLayout layout;
  private final SecretMaterial secrets;
  private final Map<String, Integer> bootIndexes = new HashMap<>();

  public ArgvContext(DomainDefinition definition, HostLayout layout, SecretMaterial secrets) {
    this.definition = definition;
    this.layout = layout;
    this.secrets = secrets;
    bootOrder();
  }

  public DomainDefinition definition() {
    return definition;
  }

  public HostLayout layout() {
    return layout;
  }

  public SecretMaterial secrets() {
    return secrets;
  }

  public boolean q35() {
    return definition.os().q35Machine();
  }

  public boolean kvm() {
    return "kvm".equals(definition.type());
  }

  public List<CharacterDevice> characters(String element) {
    return definition.devices(CharacterDevice.class).stream()
        .filter(device -> device.element().equals(element))
        .toList();
  }

  public static String alias(Device device) {
    String alias = device.info().alias();
    if (alias == null) {
      throw new IllegalStateException("A completed device has an alias: " + device);
    }
    return alias;
  }

  /** The device's place in the boot order, from 1, or null; its own if it is plugged in. */
  public @Nullable Integer bootIndex(Device device) {
    String alias = device.info().alias();
    Integer index = alias == null ? null : bootIndexes.get(alias);
    return index == null ? device.info().bootOrder() : index;
  }

  private void bootOrder() {
    List<String> order = definition.os().boot();
    boolean perDevice =
        definition.devices().stream().anyMatch(device -> device.info().bootOrder() != null);
    if (perDevice) {
      for (Device device : definition.devices()) {
        Integer index = device.info().bootOrder();
        if (index != null && device.info().alias() != null) {
          bootIndexes.put(alias(device), index);
        }
      }
      return;
    }
    List<String> wanted = order.isEmpty() ? List.of("hd") : order;
    for (int i = 0; i < wanted.size(); i++) {
      Device first = firstBootable(wanted.get(i));
      if (first != null) {
        bootIndexes.put(alias(first), i + 1);
      }
    }
  }

  private @Nullable Device firstBootable(String kind) {
    if (kind.equals("network")) {
      return definition.devices(NetworkInterface.class).stream().findFirst().orElse(null);
    }
    for (Disk disk : definition.devices(Disk.class)) {
      String device =
          switch (disk.device()) {
            case "cdrom" -> "cdrom";
            case "floppy" -> "fd";
            default -> "hd";
          };
      if (device.equals(kind)) {
        return disk;
      }
    }
    return null;
  }

  /** Adds bus and address. */
  public Props at(Props device, Device placed) {
    Address address = placed.info().address();
    if (address instanceof Address.Pci pci) {
      String addr = "0x" + Integer.toHexString(pci.slot());
      if (pci.function() > 0) {
        addr += ".0x" + Integer.toHexString(pci.function());
      }
      device.put("bus", pciBus(pci.bus()));
      if (pci.multifunction() != null) {
        device.onOff("multifunction", pci.multifunction());
      }
      device.put("acpi-index", placed.info().acpiIndex());
      device.put("addr", addr);
    } else if (address instanceof Address.Usb usb) {
      device.put("bus", controllerAlias("usb", usb.bus()) + ".0").put("port", usb.port());
    }
    return device;
  }

  private String pciBus(int index) {
    if (index == 0) {
      return q35() ? "pcie.0" : "pci.0"; // QEMU's own name, whatever alias the user gave
    }
    return controllerAlias("pci", index);
  }

  public String controllerAlias(String type, int index) {
    Controller found = controller(type, index);
    return found == null ? type + index : alias(found);
  }

  public @Nullable Controller controller(String type, int index) {
    for (Controller controller : definition.devices(Controller.class)) {
      if (controller.is(type, index) && controller.startPort() == null) {
        return controller;
      }
    }
    return null;
  }

  /** QEMU's name of a virtio device's model on PCI. */
  public static String virtioName(String base, @Nullable String model) {
    String suffix =
        model == null || !model.endsWith("transitional")
            ? ""
            : model.endsWith("non-transitional") ? "-non-transitional" : "-transitional";
    return base + "-pci" + suffix;
  }

  public static Props virtio(Props device, VirtioOptions options) {
    return device
        .onOff("iommu_platform", options.iommu())
        .onOff("ats", options.ats())
        .onOff("packed", options.packed())
        .onOff("page-per-vq", options.pagePerVq());
  }
}
