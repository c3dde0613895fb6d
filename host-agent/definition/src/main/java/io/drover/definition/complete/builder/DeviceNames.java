package io.drover.definition.complete.builder;

import io.drover.contracts.definition.device.CharacterDevice;
import io.drover.contracts.definition.device.Controller;
import io.drover.contracts.definition.device.Device;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.device.HostDevice;
import io.drover.contracts.definition.device.MemoryDevice;
import io.drover.contracts.definition.device.NetworkInterface;
import io.drover.contracts.definition.device.RedirectedDevice;
import io.drover.contracts.definition.device.SharedMemory;
import java.util.Locale;

/** How messages name a device. */
public final class DeviceNames {
  private DeviceNames() {}

  public static String of(Device device) {
    if (device instanceof Disk disk) {
      return "disk '" + disk.target().dev() + "'";
    }
    if (device instanceof Controller controller) {
      return "controller type='" + controller.type() + "' index='" + controller.index() + "'";
    }
    if (device instanceof NetworkInterface nic) {
      return "interface " + (nic.mac() == null ? "" : nic.mac());
    }
    if (device instanceof CharacterDevice character) {
      return character.element();
    }
    if (device instanceof MemoryDevice memory) {
      return "memory model='" + memory.model() + "'";
    }
    if (device instanceof HostDevice) {
      return "hostdev";
    }
    if (device instanceof RedirectedDevice) {
      return "redirdev";
    }
    if (device instanceof SharedMemory shared) {
      return "shmem '" + shared.name() + "'";
    }
    return device.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }
}
