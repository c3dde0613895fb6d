package io.drover.driver.internal.plan;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.HostDevice;
import io.drover.contracts.definition.host.HostSource;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The SCSI devices of this host's adapters. A definition names one by its place; QEMU is told its
 * generic device, {@code /dev/sgN}, whose number is another one after each start of the host.
 */
final class AdapterScsi {
  private static final String ADAPTER = "scsi_host";
  private final Path devices;

  /**
   * @param devices {@code /sys/bus/scsi/devices}
   */
  AdapterScsi(Path devices) {
    this.devices = devices;
  }

  static AdapterScsi ofHost() {
    return new AdapterScsi(Path.of("/sys/bus/scsi/devices"));
  }

  /**
   * The generic device of each, by its alias.
   *
   * @throws ProblemException {@code HOST_RESOURCE_MISSING} for one that is not there
   */
  Map<String, Path> find(DomainDefinition placed) {
    Map<String, Path> found = new LinkedHashMap<>();
    for (HostDevice device : placed.devices(HostDevice.class)) {
      String alias = device.info().alias();
      if (alias != null && device.source() instanceof HostSource.Scsi scsi) {
        found.put(alias, generic(scsi));
      }
    }
    return found;
  }

  private Path generic(HostSource.Scsi scsi) {
    String host = scsi.adapter().replaceFirst("^" + ADAPTER, "");
    String place = host + ":" + scsi.bus() + ":" + scsi.target() + ":" + scsi.unit();
    Path device = devices.resolve(place);
    if (!Files.isDirectory(device)) {
      throw missing(
          "The adapter '"
              + scsi.adapter()
              + "' of this host has no SCSI device "
              + place
              + "; connect it, or name one of those in "
              + devices
              + ".");
    }
    return name(device.resolve("scsi_generic"))
        .map(Path.of("/dev")::resolve)
        .orElseThrow(
            () ->
                missing(
                    "The SCSI device "
                        + place
                        + " of this host has no generic device; load the kernel's module sg."));
  }

  private static Optional<String> name(Path generic) {
    if (!Files.isDirectory(generic)) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> names = Files.newDirectoryStream(generic, "sg*")) {
      for (Path name : names) {
        return Optional.of(String.valueOf(name.getFileName()));
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.HOST_RESOURCE_MISSING, generic + " cannot be listed.", e);
    }
  }

  private static ProblemException missing(String detail) {
    return new ProblemException(ErrorCode.HOST_RESOURCE_MISSING, detail);
  }
}
