package io.drover.definition.complete.rule;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.Features;
import io.drover.contracts.definition.Lifecycle;
import io.drover.contracts.definition.Os;
import io.drover.contracts.definition.cpu.CacheAllocation;
import io.drover.contracts.definition.cpu.CpuModel;
import io.drover.contracts.definition.device.CharacterDevice;
import io.drover.contracts.definition.device.Iommu;
import io.drover.definition.complete.builder.Faults;
import io.drover.definition.cpu.CpuFeatures;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What must hold for the domain as a whole: its identity, its life, its CPU. */
final class DomainRules {
  private static final int MOST_PLAIN_CPUS = 255;

  private DomainRules() {}

  static void check(Faults faults, DomainDefinition definition) {
    UUID smbios = definition.systemInfo().systemUuid();
    if (smbios != null && definition.uuid() != null && !Objects.equals(smbios, definition.uuid())) {
      faults.fault(
          "/domain/sysinfo/system", "Its 'uuid' must be the domain's own; make them equal.");
    }
    Os.Bios bios = definition.os().bios();
    if (bios != null
        && Boolean.TRUE.equals(bios.useSerial())
        && definition.devices(CharacterDevice.class).stream().noneMatch(DomainRules::serial)) {
      faults.fault("/domain/os/bios/@useserial", "It needs at least one serial port.");
    }
    lifecycle(faults, definition.lifecycle());
    manyCpus(faults, definition);
    if (!definition.tuning().cpu().caches().stream().allMatch(CacheAllocation::absent)
        && "qemu".equals(definition.type())) {
      faults.fault("/domain/cputune", "<cachetune> and <memorytune> need a domain of type 'kvm'.");
    }
    CpuModel cpu = definition.cpu();
    Os os = definition.os();
    boolean efi =
        "efi".equals(os.firmware()) || os.loader() != null && "pflash".equals(os.loader().type());
    if (efi && !definition.features().acpi()) {
      faults.fault("/domain/features", "UEFI requires ACPI on this architecture; add <acpi/>.");
    }
    if (!os.boot().isEmpty()) {
      definition.devices().stream()
          .filter(device -> device.info().bootOrder() != null)
          .limit(1)
          .forEach(
              device ->
                  faults.fault(
                      device,
                      "per-device boot elements cannot be used together with os/boot elements."));
    }
    TimerRules.check(faults, definition.clock());
    features(faults, definition);
    if (cpu != null) {
      cpu(faults, cpu);
      if ("host-passthrough".equals(cpu.mode()) && "qemu".equals(definition.type())) {
        faults.fault("/domain/cpu/@mode", "'host-passthrough' needs a domain of type 'kvm'.");
      }
    }
  }

  /** A serial port, or the console that becomes one where there is none. */
  private static boolean serial(CharacterDevice device) {
    String type = device.targetType();
    return device.element().equals("serial")
        || device.element().equals("console")
            && (type == null || type.equals("none") || type.equals("serial"));
  }

  /** What the 8 bits of a plain APIC's identifiers cannot tell apart. */
  private static void manyCpus(Faults faults, DomainDefinition definition) {
    if (definition.vcpus().max() <= MOST_PLAIN_CPUS) {
      return;
    }
    if (!definition.os().q35Machine()) {
      faults.fault("/domain/vcpu", "More than 255 vCPUs are only supported by q35 machines.");
    } else if (definition.devices(Iommu.class).stream()
        .noneMatch(iommu -> "on".equals(iommu.extendedInterrupts()))) {
      faults.fault(
          "/domain/vcpu",
          "More than 255 vCPUs require an <iommu> with the extended interrupt mode, eim='on'.");
    }
  }

  private static void lifecycle(Faults faults, Lifecycle lifecycle) {
    renamed(faults, "on_poweroff", lifecycle.onPoweroff());
    renamed(faults, "on_reboot", lifecycle.onReboot());
    renamed(faults, "on_crash", lifecycle.onCrash());
    preserved(faults, "on_poweroff", lifecycle.onPoweroff());
    preserved(faults, "on_reboot", lifecycle.onReboot());
    if ("restart".equals(lifecycle.onPoweroff()) && "destroy".equals(lifecycle.onReboot())) {
      faults.fault(
          "/domain/on_reboot",
          "A guest that is restarted when it powers off cannot be destroyed when it reboots.");
    }
  }

  private static void renamed(Faults faults, String element, @Nullable String action) {
    if ("rename-restart".equals(action)) {
      faults.fault("/domain/" + element, "'rename-restart' is not supported; use 'restart'.");
    }
  }

  private static void preserved(Faults faults, String element, @Nullable String action) {
    if ("preserve".equals(action)) {
      faults.fault("/domain/" + element, "'preserve' is only supported for on_crash.");
    }
  }

  private static void features(Faults faults, DomainDefinition definition) {
    Features features = definition.features();
    Long tseg = features.tsegKib();
    String at = "/domain/features";
    if (tseg != null && features.isOn("smm")) {
      if (!definition.os().q35Machine()) {
        faults.fault(at + "/smm/tseg", "SMM TSEG is only supported with q35 machine type.");
      } else if (tseg % 1024 != 0) {
        faults.fault(at + "/smm/tseg", "SMM TSEG size must be divisible by 1 MiB.");
      }
    }
    if (features.tbCacheKib() != null && features.tbCacheKib() % 1024 != 0) {
      faults.fault("/domain/features/tcg/tb-cache", "It must be an integer multiple of MiB.");
    }
    if (features.tbCacheKib() != null && "kvm".equals(definition.type())) {
      faults.fault(at + "/tcg", "TCG features are incompatible with domain type 'kvm'.");
    }
  }

  private static void cpu(Faults faults, CpuModel cpu) {
    boolean host = "host-passthrough".equals(cpu.mode()) || "maximum".equals(cpu.mode());
    if (cpu.migratable() != null && !host) {
      faults.fault(
          "/domain/cpu/@migratable",
          "It is only allowed for the CPU modes 'host-passthrough' and 'maximum'.");
    }
    cpu.features().keySet().stream()
        .filter(name -> !CpuFeatures.x86().knows(name))
        .forEach(
            name -> faults.fault("/domain/cpu/feature", "There is no CPU feature '" + name + "'."));
    boolean custom = cpu.mode() == null || cpu.mode().equals("custom");
    if (custom && cpu.model() == null && !cpu.features().isEmpty()) {
      faults.fault("/domain/cpu", "Non-empty feature list specified without CPU model.");
    }
    if (!cpu.cache().isEmpty()) {
      cache(faults, cpu);
    }
  }

  private static void cache(Faults faults, CpuModel cpu) {
    String at = "/domain/cpu/cache";
    String level = cpu.cache().get("level");
    boolean host = "host-passthrough".equals(cpu.mode()) || "maximum".equals(cpu.mode());
    switch (cpu.cache().getOrDefault("mode", "")) {
      case "emulate" -> {
        if (!"3".equals(level)) {
          faults.fault(at, "mode='emulate' can only be used with level='3'.");
        }
      }
      case "passthrough" -> {
        if (!host) {
          faults.fault(at, "'passthrough' needs a CPU of mode 'host-passthrough' or 'maximum'.");
        }
        withoutLevel(faults, at, level);
      }
      default -> withoutLevel(faults, at, level);
    }
  }

  private static void withoutLevel(Faults faults, String at, @Nullable String level) {
    if (level != null) {
      faults.fault(at + "/@level", "This mode is for all levels; leave 'level' out.");
    }
  }
}
