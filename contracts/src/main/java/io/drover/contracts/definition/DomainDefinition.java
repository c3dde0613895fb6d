package io.drover.contracts.definition;

import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.cpu.CpuModel;
import io.drover.contracts.definition.cpu.Vcpus;
import io.drover.contracts.definition.device.Device;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.device.PathCounter;
import io.drover.contracts.definition.memory.MemorySize;
import io.drover.contracts.definition.storage.DiskSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A domain as it is defined: libvirt's domain XML in records. Words are libvirt's own, checked when
 * the definition is read.
 *
 * @param type qemu, kvm, or null when the host is to choose the accelerator
 * @param cpu null for the machine's default CPU
 * @param systemInfo what the machine says of itself
 * @param tuning where the host runs it, and how much of the host it has
 * @param confinement what keeps the host and the guest apart
 * @param emulator the QEMU binary; null for the host's
 * @param qemu what it says to QEMU itself
 */
public record DomainDefinition(
    @Nullable String type,
    Identity identity,
    MemorySize memory,
    Vcpus vcpus,
    SystemInfo systemInfo,
    Os os,
    Features features,
    @Nullable CpuModel cpu,
    Clock clock,
    Lifecycle lifecycle,
    Tuning tuning,
    Confinement confinement,
    @Nullable String emulator,
    List<Device> devices,
    QemuExtras qemu) {
  public DomainDefinition {
    systemInfo = Defaults.or(systemInfo, SystemInfo.NONE);
    features = Defaults.or(features, Features.NONE);
    clock = Defaults.or(clock, Clock.UTC);
    lifecycle = Defaults.or(lifecycle, Lifecycle.DEFAULT);
    tuning = Defaults.or(tuning, Tuning.NONE);
    confinement = Defaults.or(confinement, Confinement.NONE);
    devices = Defaults.list(devices);
    qemu = Defaults.or(qemu, QemuExtras.NONE);
  }

  public String name() {
    return identity.name();
  }

  public @Nullable UUID uuid() {
    return identity.uuid();
  }

  /** The vCPUs that the domain may have at most. */
  public int vcpuCount() {
    return vcpus.max();
  }

  /** Guest memory in MiB, rounded up. */
  public long memoryMib() {
    return memory.mib();
  }

  /** The devices of one kind, in the order of the definition. */
  public <T extends Device> List<T> devices(Class<T> kind) {
    return devices.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The path of each device's element, as in {@code /domain/devices/disk[2]}, in their order. */
  public List<String> devicePaths() {
    PathCounter counter = new PathCounter(devices);
    return devices.stream().map(counter::next).toList();
  }

  /** The names of the volumes of this pool that the disks use, in order, each once. */
  public List<String> volumes(String pool) {
    return devices(Disk.class).stream()
        .flatMap(disk -> Stream.ofNullable(disk.image()))
        .flatMap(
            image ->
                image.source() instanceof DiskSource.PooledVolume volume
                        && volume.pool().equals(pool)
                    ? Stream.of(volume.volume())
                    : Stream.empty())
        .distinct()
        .toList();
  }

  public DomainDefinition withUuid(UUID uuid) {
    return withIdentity(identity.withUuid(uuid));
  }

  public DomainDefinition withIdentity(Identity value) {
    return with(draft -> draft.identity = value);
  }

  public DomainDefinition withMemory(MemorySize value) {
    return with(draft -> draft.memory = value);
  }

  public DomainDefinition withType(String value) {
    return with(draft -> draft.type = value);
  }

  public DomainDefinition withOs(Os value) {
    return with(draft -> draft.os = value);
  }

  public DomainDefinition withFeatures(Features value) {
    return with(draft -> draft.features = value);
  }

  public DomainDefinition withCpu(CpuModel value) {
    return with(draft -> draft.cpu = value);
  }

  public DomainDefinition withEmulator(String value) {
    return with(draft -> draft.emulator = value);
  }

  public DomainDefinition withDevices(List<? extends Device> value) {
    return with(draft -> draft.devices = List.copyOf(value));
  }

  public DomainDefinition withQemu(QemuExtras value) {
    return with(draft -> draft.qemu = value);
  }

  /**
   * Puts files in the place of the pool's volumes.
   *
   * @param resolve the image for a disk whose source is a volume of the pool
   */
  public DomainDefinition withVolumes(String pool, UnaryOperator<Disk> resolve) {
    return withDevices(
        devices.stream()
            .map(device -> usesVolume(device, pool) ? resolve.apply((Disk) device) : device)
            .toList());
  }

  private static boolean usesVolume(Device device, String pool) {
    return device instanceof Disk disk
        && disk.image() != null
        && disk.image().source() instanceof DiskSource.PooledVolume volume
        && volume.pool().equals(pool);
  }

  /** Changes each device of one kind. */
  public <T extends Device> DomainDefinition withEach(Class<T> kind, UnaryOperator<T> change) {
    return withDevices(
        devices.stream()
            .map(device -> kind.isInstance(device) ? change.apply(kind.cast(device)) : device)
            .toList());
  }

  private DomainDefinition with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.done();
  }

  /** A copy whose parts can be changed one by one. */
  private static final class Draft {
    private @Nullable String type;
    private Identity identity;
    private MemorySize memory;
    private final Vcpus vcpus;
    private final SystemInfo systemInfo;
    private Os os;
    private Features features;
    private @Nullable CpuModel cpu;
    private final Clock clock;
    private final Lifecycle lifecycle;
    private final Tuning tuning;
    private final Confinement confinement;
    private @Nullable String emulator;
    private List<Device> devices;
    private QemuExtras qemu;

    Draft(DomainDefinition from) {
      type = from.type;
      identity = from.identity;
      memory = from.memory;
      vcpus = from.vcpus;
      systemInfo = from.systemInfo;
      os = from.os;
      features = from.features;
      cpu = from.cpu;
      clock = from.clock;
      lifecycle = from.lifecycle;
      tuning = from.tuning;
      confinement = from.confinement;
      emulator = from.emulator;
      devices = from.devices;
      qemu = from.qemu;
    }

    DomainDefinition done() {
      return new DomainDefinition(
          type,
          identity,
          memory,
          vcpus,
          systemInfo,
          os,
          features,
          cpu,
          clock,
          lifecycle,
          tuning,
          confinement,
          emulator,
          devices,
          qemu);
    }
  }
}
