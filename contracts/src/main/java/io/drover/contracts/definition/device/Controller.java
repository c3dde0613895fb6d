package io.drover.contracts.definition.device;

import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.common.DeviceInfo;
import io.drover.contracts.definition.common.VirtioOptions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A controller: the bus that other devices sit on.
 *
 * @param type usb, pci, ide, sata, scsi, fdc, virtio-serial or ccid
 * @param index its number among those of its type; null when still to assign
 * @param model null for the type's default
 * @param options ports, vectors and {@code <driver>}'s attributes but those of virtio
 * @param startPort for a companion USB controller: its first port on the master
 * @param pci what a PCI controller has beside
 */
public record Controller(
    DeviceInfo info,
    String type,
    @Nullable Integer index,
    @Nullable String model,
    Map<String, String> options,
    VirtioOptions virtio,
    @Nullable Integer startPort,
    @Nullable PciTarget pci)
    implements Device {
  public Controller {
    info = Defaults.or(info, DeviceInfo.NONE);
    options = Defaults.map(options);
    virtio = Defaults.or(virtio, VirtioOptions.NONE);
  }

  /**
   * What the guest and QEMU know a PCI controller by.
   *
   * @param modelName QEMU's name of the device; "none" for the roots, which are none
   * @param hole64Kib for a root: how much room 64-bit memory of devices has, in KiB
   */
  public record PciTarget(
      @Nullable String modelName,
      @Nullable Integer chassis,
      @Nullable Integer port,
      @Nullable Integer chassisNumber,
      @Nullable Integer busNumber,
      @Nullable Integer node,
      @Nullable String hotplug,
      @Nullable Long hole64Kib) {
    public static final PciTarget NONE =
        new PciTarget(null, null, null, null, null, null, null, null);

    public PciTarget withModelName(@Nullable String value) {
      return new PciTarget(
          value, chassis, port, chassisNumber, busNumber, node, hotplug, hole64Kib);
    }

    public PciTarget withPort(@Nullable Integer newChassis, @Nullable Integer newPort) {
      return new PciTarget(
          modelName, newChassis, newPort, chassisNumber, busNumber, node, hotplug, hole64Kib);
    }

    public PciTarget withChassisNumber(@Nullable Integer value) {
      return new PciTarget(modelName, chassis, port, value, busNumber, node, hotplug, hole64Kib);
    }

    public PciTarget withBusNumber(@Nullable Integer value) {
      return new PciTarget(
          modelName, chassis, port, chassisNumber, value, node, hotplug, hole64Kib);
    }

    public PciTarget withHole64(@Nullable Long value) {
      return new PciTarget(
          modelName, chassis, port, chassisNumber, busNumber, node, hotplug, value);
    }
  }

  public static Controller of(String type, int index, @Nullable String model) {
    return new Controller(
        DeviceInfo.NONE, type, index, model, Map.of(), VirtioOptions.NONE, null, null);
  }

  public boolean is(String otherType, int otherIndex) {
    return type.equals(otherType) && index != null && index == otherIndex;
  }

  @Override
  public Controller withInfo(DeviceInfo value) {
    return new Controller(value, type, index, model, options, virtio, startPort, pci);
  }

  public Controller withIndex(int value) {
    return new Controller(info, type, value, model, options, virtio, startPort, pci);
  }

  public Controller withModel(@Nullable String value) {
    return new Controller(info, type, index, value, options, virtio, startPort, pci);
  }

  public Controller withStartPort(int value) {
    return new Controller(info, type, index, model, options, virtio, value, pci);
  }

  public Controller withPci(PciTarget value) {
    return new Controller(info, type, index, model, options, virtio, startPort, value);
  }
}
