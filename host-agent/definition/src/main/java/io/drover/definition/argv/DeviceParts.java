package io.drover.definition.argv;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.Balloon;
import io.drover.contracts.definition.device.CharacterDevice;
import io.drover.contracts.definition.device.Controller;
import io.drover.contracts.definition.device.Crypto;
import io.drover.contracts.definition.device.Device;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.device.Filesystem;
import io.drover.contracts.definition.device.HostDevice;
import io.drover.contracts.definition.device.Hub;
import io.drover.contracts.definition.device.Input;
import io.drover.contracts.definition.device.MemoryDevice;
import io.drover.contracts.definition.device.NetworkInterface;
import io.drover.contracts.definition.device.RedirectedDevice;
import io.drover.contracts.definition.device.Rng;
import io.drover.contracts.definition.device.SharedMemory;
import io.drover.contracts.definition.device.Smartcard;
import io.drover.contracts.definition.device.Vsock;
import io.drover.contracts.definition.device.Watchdog;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.argv.device.BalloonDevices;
import io.drover.definition.argv.device.CharacterDevices;
import io.drover.definition.argv.device.ControllerDevices;
import io.drover.definition.argv.device.CryptoDevices;
import io.drover.definition.argv.device.GuestLinks;
import io.drover.definition.argv.device.HostDevices;
import io.drover.definition.argv.device.InputDevices;
import io.drover.definition.argv.device.NetworkDevices;
import io.drover.definition.argv.device.RngDevices;
import io.drover.definition.argv.device.UsbDevices;
import io.drover.definition.argv.device.WatchdogDevices;
import io.drover.definition.argv.host.HostLayout;
import io.drover.definition.argv.host.SecretMaterial;
import io.drover.definition.argv.memory.MemoryDevices;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.DevicePart;
import io.drover.definition.argv.storage.DiskDevices;
import io.drover.definition.argv.storage.NodeNumbers;
import io.drover.definition.argv.storage.SharedDirectories;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What single devices of a running domain are for QEMU: the same values that {@link QemuArgv}
 * prints at a start. Pure; for any thread.
 */
public final class DeviceParts {
  private DeviceParts() {}

  /**
   * A disk that is plugged in or pulled out: the objects of its secrets, its block nodes in the
   * order in which they are added, its device.
   *
   * <p>The helper for reservations, which all disks have together, belongs to the part only if no
   * other disk of {@code running} uses it.
   *
   * @param running the completed definition, with or without the disk
   * @param disk completed: it has its alias and its address
   * @param numbers those of {@code running} with the disk's own
   * @throws ProblemException {@code INVALID_DEFINITION} when the host has not provided for the disk
   */
  public static DevicePart disk(
      DomainDefinition running,
      Disk disk,
      NodeNumbers numbers,
      HostLayout layout,
      SecretMaterial secrets) {
    ArgvContext placed = new ArgvContext(running, layout, secrets);
    UnsupportedOnHost.check(placed, disk);
    return DiskDevices.part(placed, disk, numbers).overridden(running.qemu().overrides());
  }

  /**
   * Any other device that is plugged in or pulled out.
   *
   * @param running the completed definition, with or without the device
   * @param device completed: it has its alias and its address
   * @throws ProblemException {@code INVALID_STATE} when such a device is only there from the start,
   *     {@code INVALID_DEFINITION} when the host has not provided for it
   */
  public static DevicePart of(
      DomainDefinition running, Device device, HostLayout layout, SecretMaterial secrets) {
    ArgvContext placed = new ArgvContext(running, layout, secrets);
    UnsupportedOnHost.check(placed, device);
    DevicePart part = onBus(placed, device);
    if (part == null) {
      throw new ProblemException(
          ErrorCode.INVALID_STATE,
          "A <"
              + device.getClass().getSimpleName().toLowerCase(Locale.ROOT)
              + "> is there from the start of a domain or not at all; change the definition and"
              + " start the domain again.");
    }
    return part.overridden(running.qemu().overrides());
  }

  private static @Nullable DevicePart onBus(ArgvContext placed, Device device) {
    if (device instanceof NetworkInterface nic) {
      return NetworkDevices.part(placed, nic);
    }
    if (device instanceof Controller controller) {
      return ControllerDevices.part(placed, controller);
    }
    if (device instanceof CharacterDevice character) {
      return CharacterDevices.part(placed, character);
    }
    if (device instanceof HostDevice host && !host.onScsi()) {
      return HostDevices.part(placed, host, "");
    }
    if (device instanceof MemoryDevice memory) {
      return MemoryDevices.part(placed, memory);
    }
    if (device instanceof Filesystem filesystem) {
      return SharedDirectories.part(placed, filesystem);
    }
    if (device instanceof Hub hub) {
      return UsbDevices.part(placed, hub);
    }
    if (device instanceof RedirectedDevice redirected) {
      return UsbDevices.part(placed, redirected);
    }
    if (device instanceof Smartcard card) {
      return UsbDevices.part(placed, card);
    }
    return small(placed, device);
  }

  private static @Nullable DevicePart small(ArgvContext placed, Device device) {
    if (device instanceof Input input) {
      return InputDevices.part(placed, input);
    }
    if (device instanceof Rng rng) {
      return RngDevices.part(placed, rng);
    }
    if (device instanceof Watchdog watchdog) {
      return WatchdogDevices.part(placed, watchdog);
    }
    if (device instanceof Balloon balloon) {
      return BalloonDevices.part(placed, balloon);
    }
    if (device instanceof Crypto crypto) {
      return CryptoDevices.part(placed, crypto);
    }
    if (device instanceof SharedMemory memory) {
      return GuestLinks.part(placed, memory);
    }
    if (device instanceof Vsock vsock) {
      return GuestLinks.part(placed, vsock);
    }
    return null;
  }
}
