package io.drover.driver.internal.plan;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.Device;
import io.drover.contracts.definition.device.HostDevice;
import io.drover.contracts.definition.host.HostSource;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The USB devices that are plugged into this host. A definition names one by its maker's numbers or
 * by its place; QEMU is told the place, which is another each time that it is plugged in.
 */
final class PluggedUsb {
  private static final int HEXADECIMAL = 16;
  private final Path devices;

  /**
   * @param devices {@code /sys/bus/usb/devices}
   */
  PluggedUsb(Path devices) {
    this.devices = devices;
  }

  static PluggedUsb ofHost() {
    return new PluggedUsb(Path.of("/sys/bus/usb/devices"));
  }

  private record Plugged(int vendor, int product, int bus, int device) {
    boolean is(HostSource.Usb wanted) {
      return fits(wanted.vendor(), vendor)
          && fits(wanted.product(), product)
          && fits(wanted.bus(), bus)
          && fits(wanted.device(), device);
    }

    private static boolean fits(@org.jspecify.annotations.Nullable Integer wanted, int is) {
      return wanted == null || wanted == is;
    }
  }

  /** The files of a definition's devices, for QEMU's user. */
  static List<Path> filesOf(DomainDefinition found) {
    List<Path> files = new ArrayList<>();
    for (HostDevice device : found.devices(HostDevice.class)) {
      if (device.source() instanceof HostSource.Usb usb
          && usb.bus() != null
          && usb.device() != null) {
        files.add(Path.of(String.format("/dev/bus/usb/%03d/%03d", usb.bus(), usb.device())));
      }
    }
    return files;
  }

  /**
   * The definition with the places of its USB devices; without those that are not there and whose
   * startup policy is optional.
   *
   * @throws ProblemException {@code HOST_RESOURCE_MISSING} for another that is not there, {@code
   *     INVALID_DEFINITION} for numbers that several devices have
   */
  DomainDefinition find(DomainDefinition definition) {
    boolean any =
        definition.devices(HostDevice.class).stream()
            .anyMatch(device -> device.source() instanceof HostSource.Usb);
    if (!any) {
      return definition;
    }
    List<Plugged> plugged = plugged();
    List<Device> found = new ArrayList<>();
    for (Device device : definition.devices()) {
      if (device instanceof HostDevice host && host.source() instanceof HostSource.Usb usb) {
        find(usb, plugged).map(host::withSource).ifPresent(found::add);
      } else {
        found.add(device);
      }
    }
    return definition.withDevices(found);
  }

  private static Optional<HostSource.Usb> find(HostSource.Usb wanted, List<Plugged> plugged) {
    List<Plugged> matching = plugged.stream().filter(each -> each.is(wanted)).toList();
    if (matching.isEmpty() && "optional".equals(wanted.startupPolicy())) {
      return Optional.empty();
    }
    if (matching.isEmpty()) {
      throw new ProblemException(
          ErrorCode.HOST_RESOURCE_MISSING,
          "The USB device "
              + nameOf(wanted)
              + " is not plugged into this host; plug it in, or give its <source>"
              + " startupPolicy='optional'.");
    }
    if (matching.size() > 1) {
      throw new ProblemException(
          ErrorCode.INVALID_DEFINITION,
          "There are several USB devices "
              + nameOf(wanted)
              + " on this host; say which by <address bus='"
              + matching.get(0).bus()
              + "' device='"
              + matching.get(0).device()
              + "'/> or the like.");
    }
    return Optional.of(wanted.at(matching.get(0).bus(), matching.get(0).device()));
  }

  private static String nameOf(HostSource.Usb usb) {
    String numbers =
        usb.vendor() == null || usb.product() == null
            ? ""
            : String.format("%04x:%04x", usb.vendor(), usb.product());
    String place =
        usb.bus() == null || usb.device() == null
            ? ""
            : "on bus " + usb.bus() + " device " + usb.device();
    return (numbers + " " + place).strip();
  }

  private List<Plugged> plugged() {
    List<Plugged> found = new ArrayList<>();
    if (!Files.isDirectory(devices)) {
      return found;
    }
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(devices)) {
      for (Path folder : folders) {
        read(folder).ifPresent(found::add);
      }
      return found;
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.HOST_RESOURCE_MISSING, "The USB devices of this host cannot be listed.", e);
    }
  }

  private static Optional<Plugged> read(Path folder) {
    try {
      return Optional.of(
          new Plugged(
              number(folder.resolve("idVendor"), HEXADECIMAL),
              number(folder.resolve("idProduct"), HEXADECIMAL),
              number(folder.resolve("busnum"), 10),
              number(folder.resolve("devnum"), 10)));
    } catch (IOException | NumberFormatException e) {
      // An interface of a device, or one that was pulled out while we looked.
      return Optional.empty();
    }
  }

  private static int number(Path file, int base) throws IOException {
    return Integer.parseInt(Files.readString(file).strip(), base);
  }
}
