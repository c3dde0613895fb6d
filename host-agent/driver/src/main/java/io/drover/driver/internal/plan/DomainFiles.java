package io.drover.driver.internal.plan;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.Os;
import io.drover.contracts.definition.SystemInfo;
import io.drover.contracts.definition.common.DeviceInfo;
import io.drover.contracts.definition.device.Device;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.device.Filesystem;
import io.drover.contracts.definition.device.Input;
import io.drover.contracts.definition.device.MemoryDevice;
import io.drover.contracts.definition.device.Rng;
import io.drover.contracts.definition.device.SharedMemory;
import io.drover.contracts.definition.device.Tpm;
import io.drover.contracts.definition.storage.DiskImage;
import io.drover.contracts.definition.storage.DiskSource;
import io.drover.contracts.id.DomainId;
import io.drover.driver.internal.folder.HostFileAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files of the host that a definition names and QEMU opens by itself: each is there and within
 * reach of QEMU's user, and those that the user needs to have are given to it. Used once.
 */
final class DomainFiles {
  private final HostFileAccess access;
  private final Set<Path> given = new LinkedHashSet<>();

  private DomainFiles(HostFileAccess access) {
    this.access = access;
  }

  /**
   * The files to give, once all are looked at; makes the firmware's variables.
   *
   * @param folder the domain's own, with the sockets in it that the driver has named
   * @throws io.drover.contracts.error.ProblemException {@code HOST_RESOURCE_MISSING} says which
   *     file for what is missing or out of reach, and the remedy
   */
  static List<Path> toGive(
      HostFileAccess access,
      DomainDefinition placed,
      DomainId id,
      FirmwareVariables variables,
      Path folder) {
    DomainFiles files = new DomainFiles(access);
    files.boot(placed);
    variables.of(placed, id).ifPresent(files::written);
    for (Disk disk : placed.devices(Disk.class)) {
      files.disk(disk);
    }
    for (Device device : placed.devices()) {
      files.device(device);
    }
    files.given.addAll(new CharacterFiles(access, folder).toGive(placed));
    return List.copyOf(files.given);
  }

  private void boot(DomainDefinition placed) {
    Os os = placed.os();
    Os.Loader loader = os.loader();
    if (loader != null && loader.path() != null) {
      access.requireReadable("The firmware image (<loader>)", Path.of(loader.path()));
    }
    read("The kernel (<kernel>)", os.kernel());
    read("The initial RAM disk (<initrd>)", os.initrd());
    read("The device tree (<dtb>)", os.deviceTree());
    read("The ACPI table (<acpi><table>)", os.acpiTable());
    for (SystemInfo.Blob blob : placed.systemInfo().blobs()) {
      read("The blob '" + blob.name() + "' of fw_cfg", blob.file());
    }
  }

  /** That its images are there was looked at when its chain was. */
  private void disk(Disk disk) {
    boolean written = !disk.readonly();
    for (DiskImage at = disk.image(); at != null; at = at.backing()) {
      Optional<Path> file = file(at.source());
      if (file.isPresent() && (written || !access.readable(file.get()))) {
        written(file.get());
      }
      written = false;
    }
    DiskImage top = disk.image();
    DiskSource source = top == null ? null : top.source();
    String what = "Disk '" + disk.target().dev() + "'";
    if (source instanceof DiskSource.Directory directory) {
      access.requireFolder(what, Path.of(directory.path()));
    } else if (source instanceof DiskSource.VhostUser socket) {
      access.require(what, Path.of(socket.path()));
    }
  }

  private static Optional<Path> file(@Nullable DiskSource source) {
    if (source instanceof DiskSource.File file && file.fdGroup() == null) {
      return Optional.of(Path.of(file.path()));
    }
    return source instanceof DiskSource.Block block
        ? Optional.of(Path.of(block.path()))
        : Optional.empty();
  }

  private void device(Device device) {
    DeviceInfo.Rom rom = device.info().rom();
    read("The ROM of a device", rom == null ? null : rom.file());
    if (device instanceof MemoryDevice memory && memory.source().path() != null) {
      Path file = Path.of(memory.source().path());
      access.require("Memory of the model '" + memory.model() + "'", file);
      written(file);
    } else if (device instanceof Rng rng && "random".equals(rng.backend())) {
      read("The source of random numbers (<rng>)", rng.device());
    } else if (device instanceof Tpm tpm && tpm.backend() instanceof Tpm.Passthrough host) {
      Path file = Path.of(host.device());
      access.require("The TPM", file);
      written(file);
    } else if (device instanceof Input input && input.source() != null) {
      read("The <input> device", input.source().device());
    } else if (device instanceof Filesystem shared && shared.source() != null) {
      String what = "The <filesystem> '" + shared.target() + "'";
      access.requireFolder(what, Path.of(shared.source()));
    } else if (device instanceof SharedMemory memory && !memory.server()) {
      Path file = Path.of("/dev/shm", memory.name());
      if (Files.exists(file)) {
        access.requireReadable("The shared memory '" + memory.name() + "' (<shmem>)", file);
      }
    }
  }

  /** A file that is only read is given where its owner and mode do not let QEMU's user read it. */
  private void read(String what, @Nullable String name) {
    if (name == null || name.isEmpty()) {
      return;
    }
    Path file = Path.of(name);
    access.require(what, file);
    if (!access.readable(file)) {
      written(file);
    }
  }

  /** What a link leads to is opened, and so it is what is given. */
  private void written(Path file) {
    try {
      given.add(file.toRealPath());
    } catch (IOException e) {
      given.add(file);
    }
  }
}
