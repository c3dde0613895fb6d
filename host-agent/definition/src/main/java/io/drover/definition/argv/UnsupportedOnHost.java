package io.drover.definition.argv;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.Device;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.device.Filesystem;
import io.drover.contracts.definition.device.Graphics;
import io.drover.contracts.definition.device.HostDevice;
import io.drover.contracts.definition.device.Lease;
import io.drover.contracts.definition.device.NetworkInterface;
import io.drover.contracts.definition.device.Tpm;
import io.drover.contracts.definition.device.Video;
import io.drover.contracts.definition.device.Vsock;
import io.drover.contracts.definition.host.HostSource;
import io.drover.contracts.definition.storage.DiskImage;
import io.drover.contracts.definition.storage.DiskSource;
import io.drover.contracts.definition.storage.Reservations;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.argv.host.HostBindings;
import io.drover.definition.argv.option.ArgvContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What only the host can give to a device. A command line that is to run must not have a
 * placeholder in its place: it would name another device, or another guest's number.
 */
final class UnsupportedOnHost {
  private UnsupportedOnHost() {}

  /** Refuses to go on with a device that its host has not provided for. */
  static void check(ArgvContext placed) {
    HostBindings bindings = placed.layout().bindings();
    if (bindings.exported()) {
      return;
    }
    List<Problem.Fault> faults = new ArrayList<>(devices(placed, placed.definition().devices()));
    if (!bindings.byHand()) {
      UnsupportedTuning.missing(placed.definition())
          .forEach(
              (path, sentence) ->
                  faults.add(
                      new Problem.Fault(ErrorCode.INVALID_DEFINITION, path, 0, 0, sentence)));
    }
    refuse(faults);
  }

  /** Refuses one device that is to be plugged in. */
  static void check(ArgvContext placed, Device device) {
    if (!placed.layout().bindings().exported()) {
      refuse(devices(placed, List.of(device)));
    }
  }

  private static List<Problem.Fault> devices(ArgvContext placed, List<Device> devices) {
    HostBindings bindings = placed.layout().bindings();
    List<Problem.Fault> faults = new ArrayList<>();
    for (Device device : devices) {
      String missing = bindings.byHand() && byHand(device) != null ? null : missing(placed, device);
      String alias = device.info().alias();
      if (missing != null) {
        String path = "/domain/devices/" + (alias == null ? "" : alias);
        faults.add(new Problem.Fault(ErrorCode.INVALID_DEFINITION, path, 0, 0, missing));
      }
    }
    return faults;
  }

  private static void refuse(List<Problem.Fault> faults) {
    if (!faults.isEmpty()) {
      throw new ProblemException(
          ErrorCode.INVALID_DEFINITION, faults.get(0).detail(), List.copyOf(faults));
    }
  }

  /** What a person has to see to who runs the command line, in sentences. */
  static List<String> byHand(DomainDefinition completed) {
    Stream<String> devices =
        completed.devices().stream()
            .map(UnsupportedOnHost::byHand)
            .flatMap(Stream::ofNullable)
            .filter(sentence -> !sentence.isEmpty());
    return Stream.concat(devices, UnsupportedTuning.missing(completed).values().stream()).toList();
  }

  /** A sentence; empty when QEMU itself sees to it, null when nobody can. */
  private static @Nullable String byHand(Device device) {
    if (device instanceof Tpm tpm && tpm.backend() instanceof Tpm.EmulatedTpm) {
      return "";
    }
    if (device instanceof Vsock) {
      return missing(device) == null
          ? ""
          : "The vsock has the number 42; write another one if a guest of this host has it.";
    }
    if (device instanceof Lease) {
      return "No lock manager holds the lease while the guest runs.";
    }
    boolean drawn = device instanceof Video video && "vhostuser".equals(video.backend());
    if (device instanceof Filesystem files && !"handle".equals(files.driver().type())) {
      boolean limited = files.hardLimitBytes() != null || files.softLimitBytes() != null;
      return limited ? "No limit applies to what the guest writes to " + files.target() + "." : "";
    }
    if (drawn) {
      return ""; // its socket is told as that of any other client
    }
    if (device instanceof Graphics graphics) {
      return graphics.password() != null
          ? "No client can connect to the "
              + graphics.type()
              + " display until its password is set through QMP: set_password."
          : missing(device) == null
              ? ""
              : "A D-Bus daemon has to listen for the display before QEMU starts.";
    }
    boolean usb = device instanceof HostDevice host && host.source() instanceof HostSource.Usb;
    return usb ? "" : null;
  }

  private static @Nullable String missing(ArgvContext placed, Device device) {
    HostBindings bindings = placed.layout().bindings();
    boolean provided = bindings.has(device.info().alias());
    if (device instanceof NetworkInterface nic && !bindings.byHand()) {
      boolean tap = placed.layout().taps().containsKey(ArgvContext.alias(nic));
      return UnsupportedNetworking.missing(nic, provided || tap);
    }
    if (device instanceof Disk disk) {
      return disk(disk, bindings.has(Reservations.HELPER));
    }
    return provided ? null : missing(device);
  }

  private static @Nullable String missing(Device device) {
    if (device instanceof Tpm tpm && tpm.backend() instanceof Tpm.EmulatedTpm) {
      return "This host has started no TPM emulator for it; use type='passthrough' or 'external'.";
    }
    if (device instanceof Vsock vsock
        && (Boolean.TRUE.equals(vsock.automatic()) || vsock.contextId() == null)) {
      return "This host does not pick vsock numbers; use <cid auto='no' address='...'/>.";
    }
    if (device instanceof Video video && "vhostuser".equals(video.backend())) {
      return "This host does not run vhost-user GPU processes; leave out <driver"
          + " name='vhostuser'/>.";
    }
    if (device instanceof Lease) {
      return "This host has no lock manager; remove the <lease>.";
    }
    if (device instanceof Filesystem filesystem) {
      return filesystem(filesystem);
    }
    if (device instanceof Graphics graphics) {
      return display(graphics);
    }
    return device instanceof HostDevice host ? passedThrough(host) : null;
  }

  private static @Nullable String disk(Disk disk, boolean reserving) {
    if (disk.transientChanges()) {
      return "This host has made no overlay for the <transient/> disk, as a driver does at its start;"
          + " use a copy of the image.";
    }
    for (DiskImage image = disk.image(); image != null; image = image.backing()) {
      if (image.source() instanceof DiskSource.File file && file.fdGroup() != null) {
        return "This host was given no descriptors of the group '" + file.fdGroup() + "'.";
      }
      if (image.reservations() != null && image.reservations().managed() && !reserving) {
        return "This host does not run qemu-pr-helper; use <reservations managed='no'> with the"
            + " socket of one.";
      }
    }
    return null;
  }

  private static @Nullable String filesystem(Filesystem filesystem) {
    if ("handle".equals(filesystem.driver().type())) {
      return "This host's QEMU has no driver 'handle' any more; use virtiofs or type='path'.";
    }
    if (filesystem.hardLimitBytes() != null || filesystem.softLimitBytes() != null) {
      return "This host does not limit the space of filesystems; remove the limit.";
    }
    if (!filesystem.byDaemon()) {
      return filesystem.daemon() == null
          ? null
          : "This host runs no daemon for 9p; <binary> is for virtiofs.";
    }
    return filesystem.socket() == null ? "This host runs no virtiofs daemons." : null;
  }

  private static @Nullable String display(Graphics graphics) {
    boolean ownBus =
        graphics.type().equals("dbus")
            && !graphics.options().containsKey("address")
            && !"yes".equals(graphics.options().get("p2p"));
    return ownBus ? "This host does not run D-Bus daemons for displays; give an 'address'." : null;
  }

  private static @Nullable String passedThrough(HostDevice device) {
    if (device.source() instanceof HostSource.Usb usb
        && (usb.bus() == null || usb.device() == null)) {
      return "This host does not look up USB devices; name it by <address bus='..' device='..'/>.";
    }
    if (device.source() instanceof HostSource.Scsi) {
      return "This host has looked up no SCSI devices of adapters, as a driver does at its start.";
    }
    return "unfiltered".equals(device.options().sgio())
        ? "sgio='unfiltered' is not supported by today's kernels."
        : null;
  }
}
