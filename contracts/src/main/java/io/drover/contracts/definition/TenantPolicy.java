package io.drover.contracts.definition;

import io.drover.contracts.definition.character.CharacterSource;
import io.drover.contracts.definition.common.DeviceInfo;
import io.drover.contracts.definition.cpu.CpuTuning;
import io.drover.contracts.definition.device.Audio;
import io.drover.contracts.definition.device.CharacterDevice;
import io.drover.contracts.definition.device.Crypto;
import io.drover.contracts.definition.device.Device;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.device.Filesystem;
import io.drover.contracts.definition.device.Graphics;
import io.drover.contracts.definition.device.HostDevice;
import io.drover.contracts.definition.device.Input;
import io.drover.contracts.definition.device.Lease;
import io.drover.contracts.definition.device.MemoryDevice;
import io.drover.contracts.definition.device.NetworkInterface;
import io.drover.contracts.definition.device.PathCounter;
import io.drover.contracts.definition.device.RedirectedDevice;
import io.drover.contracts.definition.device.Rng;
import io.drover.contracts.definition.device.SharedMemory;
import io.drover.contracts.definition.device.Smartcard;
import io.drover.contracts.definition.device.Tpm;
import io.drover.contracts.definition.device.Video;
import io.drover.contracts.definition.device.Vsock;
import io.drover.contracts.definition.memory.NumaTuning;
import io.drover.contracts.definition.network.NetworkSettings;
import io.drover.contracts.definition.network.NetworkSource;
import io.drover.contracts.definition.storage.BlockTuning;
import io.drover.contracts.definition.storage.DiskImage;
import io.drover.contracts.definition.storage.DiskSource;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a definition a tenant may ask for: nothing that names a path, device, socket or address
 * of a host. Whatever is not allowed here is an operator's alone. Pure.
 */
public final class TenantPolicy {
  /** The one pool that tenants' volumes are in. */
  public static final String POOL = "drover";

  private static final NetworkSource.User QEMU_NAT =
      new NetworkSource.User(null, null, null, List.of());

  private final List<Problem.Fault> faults = new ArrayList<>();

  private TenantPolicy() {}

  /** A fault for each thing that only an operator may ask for; empty when there is none. */
  public static List<Problem.Fault> check(DomainDefinition definition) {
    TenantPolicy policy = new TenantPolicy();
    policy.domain(definition);
    return List.copyOf(policy.faults);
  }

  /** The same for one device that is to be attached; the path is what its faults are named by. */
  public static List<Problem.Fault> check(String path, Device device) {
    TenantPolicy policy = new TenantPolicy();
    policy.device(path, device);
    return List.copyOf(policy.faults);
  }

  private void domain(DomainDefinition definition) {
    refuse("/domain/devices/emulator", definition.emulator(), "name the emulator");
    refuse("/domain/vcpu/@cpuset", definition.vcpus().cpuset(), "choose host CPUs");
    tuning(definition.tuning());
    refuse("/domain/memoryBacking", definition.memory().backing(), "choose host memory");
    confinement(definition.confinement());
    definition
        .systemInfo()
        .blobs()
        .forEach(
            blob -> refuse("/domain/sysinfo/entry/@file", blob.file(), "name a file of the host"));
    os(definition.os());
    qemu(definition.qemu());
    PathCounter paths = new PathCounter(definition.devices());
    for (Device device : definition.devices()) {
      String path = paths.next(device);
      DeviceInfo.Rom rom = device.info().rom();
      refuse(path + "/rom/@file", rom == null ? null : rom.file(), "name a file of the host");
      device(path, device);
    }
  }

  private void tuning(Tuning tuning) {
    String cpus = "choose host CPUs";
    refuse("/domain/cputune", tuning.cpu().equals(CpuTuning.NONE) ? null : tuning, cpus);
    refuse(
        "/domain/numatune",
        tuning.numa().equals(NumaTuning.NONE) ? null : tuning,
        "choose host memory");
    refuse(
        "/domain/memtune",
        tuning.memoryLimits().isEmpty() ? null : tuning,
        "limit the host's memory");
    refuse(
        "/domain/blkiotune",
        tuning.block().equals(BlockTuning.NONE) ? null : tuning,
        "limit the host's block I/O");
    refuse("/domain/resource", tuning.partition(), "choose a control group of the host");
    refuse("/domain/resource", tuning.fibreChannelId(), "mark the traffic of the host");
    refuse(
        "/domain/perf", tuning.perfEvents().isEmpty() ? null : tuning, "count the host's events");
  }

  private void confinement(Confinement confinement) {
    refuse(
        "/domain/seclabel",
        confinement.labels().isEmpty() ? null : confinement,
        "choose security labels of the host");
    refuse("/domain/launchSecurity", confinement.encryption(), "ask for encrypted memory");
    refuse(
        "/domain/idmap",
        confinement.idMap().isEmpty() ? null : confinement,
        "choose users of the host");
  }

  private void os(Os os) {
    String what = "name a file of the host";
    refuse("/domain/os/kernel", os.kernel(), what);
    refuse("/domain/os/initrd", os.initrd(), what);
    refuse("/domain/os/dtb", os.deviceTree(), what);
    refuse("/domain/os/acpi/table", os.acpiTable(), what);
    refuse("/domain/os/loader", os.loader() == null ? null : os.loader().path(), what);
    refuse("/domain/os/nvram/@template", os.nvram() == null ? null : os.nvram().template(), what);
    refuse("/domain/os/nvram", os.nvram() == null ? null : os.nvram().source(), what);
    if ("host".equals(os.smbios())) {
      refuse("/domain/os/smbios/@mode", os.smbios(), "show the host's SMBIOS tables");
    }
  }

  private void qemu(QemuExtras extras) {
    boolean line = !extras.arguments().isEmpty() || !extras.environment().isEmpty();
    refuse("/domain/qemu:commandline", line ? extras : null, "pass words to QEMU's command line");
    boolean capabilities =
        !extras.addedCapabilities().isEmpty() || !extras.removedCapabilities().isEmpty();
    refuse("/domain/qemu:capabilities", capabilities ? extras : null, "change what QEMU can do");
    refuse(
        "/domain/qemu:override",
        extras.overrides().isEmpty() ? null : extras,
        "override properties of QEMU's devices");
    refuse("/domain/qemu:deprecation", extras.deprecation(), "change QEMU's deprecation policy");
  }

  private void device(String path, Device device) {
    if (device instanceof Disk disk) {
      disk(path, disk);
    } else if (device instanceof NetworkInterface nic) {
      nic(path, nic);
    } else if (device instanceof CharacterDevice character) {
      character(path, character);
    } else if (device instanceof Graphics graphics) {
      graphics(path, graphics);
    } else if (device instanceof Video video) {
      refuse(path + "/model/acceleration", video.accel3d(), "use the host's GPU");
      refuse(path + "/model/acceleration", video.renderNode(), "use the host's GPU");
      refuse(path + "/driver/@name", video.backend(), "choose a backend on the host");
    } else if (device instanceof Input input) {
      refuse(path + "/source", input.source(), "pass through a device of the host");
    } else if (device instanceof Filesystem filesystem) {
      refuse(path, filesystem, "mount a directory of the host");
    } else if (device instanceof MemoryDevice memory) {
      MemoryDevice.Source given = memory.source();
      boolean host = !given.equals(MemoryDevice.Source.NONE) || memory.model().equals("sgx-epc");
      refuse(path, host ? memory : null, "choose host memory");
      refuse(path + "/@access", memory.access(), "choose host memory");
    } else if (device instanceof Audio audio) {
      refuse(path, audio.type().equals("none") ? null : audio, "use the host's sound");
    } else if (device instanceof Rng rng) {
      String source = rng.device();
      refuse(
          path + "/backend",
          "/dev/urandom".equals(source) || "/dev/random".equals(source) ? null : source,
          "name a device of the host other than /dev/urandom");
      refuse(path + "/backend", rng.egd(), "connect to a socket of the host");
    } else {
      passedThrough(path, device);
    }
  }

  private void passedThrough(String path, Device device) {
    if (device instanceof HostDevice) {
      refuse(path, device, "pass through a device of the host");
    } else if (device instanceof Tpm tpm) {
      boolean emulated = tpm.backend() instanceof Tpm.EmulatedTpm;
      refuse(path + "/backend", emulated ? null : tpm, "use a TPM that is not type='emulator'");
      if (tpm.backend() instanceof Tpm.EmulatedTpm emulator) {
        refuse(path + "/backend/encryption", emulator.encryption(), "name secrets");
        refuse(path + "/backend/@debug", emulator.debug(), "write to the host's logs");
      }
    } else if (device instanceof Smartcard) {
      refuse(path, device, "use a smartcard of the host");
    } else if (device instanceof RedirectedDevice) {
      refuse(path, device, "redirect USB devices");
    } else if (device instanceof SharedMemory) {
      refuse(path, device, "share memory with other domains");
    } else if (device instanceof Vsock) {
      refuse(path, device, "open sockets between guest and host");
    } else if (device instanceof Lease) {
      refuse(path, device, "name a lease on the host's storage");
    } else if (device instanceof Crypto) {
      refuse(path, device, "have the host encrypt for the guest");
    }
  }

  private void disk(String path, Disk disk) {
    refuse(path + "/@rawio", disk.rawio(), "ask for raw I/O");
    refuse(path + "/@sgio", disk.sgio(), "ask for unfiltered SCSI commands");
    if (disk.device().equals("lun")) {
      refuse(path + "/@device", disk.device(), "pass through a SCSI device");
    }
    refuse(path + "/mirror", disk.mirror(), "name the target of a copy");
    refuse(
        path + "/transient",
        disk.transientChanges() ? disk : null,
        "write to space of the host that is not its volume's");
    DiskImage image = disk.image();
    if (image == null) {
      return;
    }
    boolean own =
        image.source() == null
            || (image.source() instanceof DiskSource.PooledVolume volume
                && volume.pool().equals(POOL)
                && volume.mode() == null);
    if (!own) {
      refuse(
          path + "/source",
          image.source(),
          "use a disk that is not type='volume' with <source pool='" + POOL + "' volume='NAME'/>");
    }
    refuse(path + "/source/encryption", image.encryption(), "name secrets; volumes have theirs");
    refuse(path + "/source/slices", image.slice(), "use a part of the storage");
    refuse(path + "/backingStore", image.backing(), "name backing files");
    refuse(path + "/source/reservations", image.reservations(), "reserve disks of the host");
    refuse(
        path + "/source/seclabel",
        image.labels().isEmpty() ? null : image.labels(),
        "choose security labels of the host");
  }

  private void nic(String path, NetworkInterface nic) {
    boolean own =
        nic.source() instanceof NetworkSource.Network
            || (nic.source() instanceof NetworkSource.User user && QEMU_NAT.equals(user));
    if (!own) {
      refuse(path, nic.source(), "use an interface that is not type='user' or type='network'");
    }
    refuse(path + "/target/@dev", nic.targetDevice(), "name a device of the host");
    NetworkSettings settings = nic.settings();
    String what = "choose how the host connects an interface";
    refuse(path, settings.equals(NetworkSettings.NONE) ? null : settings, what);
    refuse(path + "/teaming", nic.teaming(), "pair an interface with a device of the host");
  }

  private void character(String path, CharacterDevice device) {
    CharacterSource source = device.source();
    boolean own =
        (source instanceof CharacterSource.Simple simple
                && (simple.kind().equals("pty") || simple.kind().equals("null")))
            || (source instanceof CharacterSource.Unix unix
                && unix.path() == null
                && !"connect".equals(unix.mode()));
    if (!own) {
      refuse(path, source, "use a source that is not type='pty', 'null' or 'unix' without a path");
    }
    refuse(path + "/log", device.log(), "name a file of the host");
  }

  private void graphics(String path, Graphics graphics) {
    refuse(path + "/@port", graphics.port(), "choose a port of the host");
    refuse(path + "/@tlsPort", graphics.tlsPort(), "choose a port of the host");
    refuse(path + "/@socket", graphics.socket(), "name a socket of the host");
    refuse(path + "/@websocket", graphics.options().get("websocket"), "choose a port of the host");
    refuse(path + "/@passwd", graphics.password(), "set a display's password");
    refuse(path + "/gl", graphics.settings().get("gl.enable"), "use the host's GPU");
    for (Graphics.Listen listen : graphics.listens()) {
      refuse(path + "/listen/@address", listen.address(), "choose an address of the host");
      refuse(path + "/listen/@socket", listen.socket(), "name a socket of the host");
      refuse(path + "/listen/@network", listen.network(), "choose a network of the host");
    }
    if (!graphics.type().equals("vnc")) {
      refuse(path + "/@type", graphics.type(), "use a display that is not type='vnc'");
    }
  }

  private void refuse(String path, @Nullable Object given, String what) {
    if (given != null) {
      faults.add(
          new Problem.Fault(
              ErrorCode.FORBIDDEN_FOR_TENANTS,
              path,
              0,
              0,
              "Only an operator may " + what + "; remove it."));
    }
  }
}
