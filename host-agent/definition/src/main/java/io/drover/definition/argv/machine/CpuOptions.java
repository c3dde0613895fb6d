package io.drover.definition.argv.machine;

import io.drover.contracts.definition.Clock;
import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.Features;
import io.drover.contracts.definition.cpu.CpuModel;
import io.drover.contracts.definition.cpu.Vcpus;
import io.drover.contracts.definition.device.Panic;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.JsonOption;
import io.drover.definition.argv.option.Props;
import io.drover.definition.argv.option.QemuOption;
import io.drover.definition.argv.option.TextOption;
import io.drover.definition.cpu.CpuFeatures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The CPU's model and features, and how many there are. */
public final class CpuOptions {
  /** Features of hosts that a guest cannot get, or that follow from what its kernel does. */
  private static final Set<String> NOT_QEMUS =
      Set.of("cmt", "mbm_total", "mbm_local", "osxsave", "ospke");

  private CpuOptions() {}

  public static QemuOption model(ArgvContext placed) {
    DomainDefinition definition = placed.definition();
    StringBuilder cpu = new StringBuilder();
    CpuModel given = definition.cpu();
    cpu.append(base(given, placed));
    if (given != null) {
      if (given.vendorId() != null && !hosts(given)) {
        cpu.append(",vendor=").append(given.vendorId());
      }
      given
          .features()
          .forEach(
              (name, policy) -> {
                if (!policy.equals("optional") && !NOT_QEMUS.contains(name)) {
                  boolean off = policy.equals("disable") || policy.equals("forbid");
                  cpu.append(',')
                      .append(CpuFeatures.x86().toQemu(name))
                      .append(off ? "=off" : "=on");
                }
              });
      cache(given, cpu);
      physicalBits(given.physicalBits(), cpu);
    }
    clock(definition.clock(), cpu);
    features(definition.features(), cpu);
    for (Panic panic : definition.devices(Panic.class)) {
      if ("hyperv".equals(panic.model())) {
        cpu.append(",hv-crash");
      }
    }
    return new TextOption("-cpu", cpu.toString());
  }

  /** Whether it is the host's CPU, or all that the accelerator has: nothing is said of a model. */
  private static boolean hosts(CpuModel cpu) {
    return "host-passthrough".equals(cpu.mode()) || "maximum".equals(cpu.mode());
  }

  private static String base(@Nullable CpuModel cpu, ArgvContext placed) {
    String mode = cpu == null ? null : cpu.mode();
    if (cpu == null || mode == null || mode.equals("custom") && cpu.model() == null) {
      return String.valueOf(placed.definition().emulator()).endsWith("-i386") ? "qemu32" : "qemu64";
    }
    return switch (mode) {
      case "host-passthrough", "host-model" ->
          placed.kvm()
              ? "host,migratable=" + (cpu.migratable() == null ? "on" : cpu.migratable())
              : "max";
      case "maximum" -> cpu.migratable() == null ? "max" : "max,migratable=" + cpu.migratable();
      default -> String.valueOf(cpu.model());
    };
  }

  private static void cache(CpuModel cpu, StringBuilder out) {
    String mode = cpu.cache().get("mode");
    if (mode == null) {
      return;
    }
    boolean host = hosts(cpu);
    out.append(mode.equals("emulate") ? ",l3-cache=on" : "");
    out.append(mode.equals("passthrough") ? ",host-cache-info=on" : "");
    out.append(host && !mode.equals("passthrough") ? ",host-cache-info=off" : "");
    out.append(mode.equals("emulate") ? "" : ",l3-cache=off");
  }

  private static void physicalBits(CpuModel.@Nullable PhysicalBits given, StringBuilder out) {
    if (given != null) {
      out.append(
          given.mode().equals("passthrough") ? ",host-phys-bits=on" : ",phys-bits=" + given.bits());
    }
  }

  private static void clock(Clock clock, StringBuilder out) {
    for (Clock.Timer timer : clock.timers()) {
      switch (timer.name()) {
        case "kvmclock" -> {
          if (timer.present() != null) {
            out.append(",kvmclock=").append(timer.present() ? "on" : "off");
          }
        }
        case "hypervclock" -> {
          if (Boolean.TRUE.equals(timer.present())) {
            out.append(",hv-time=on");
          }
        }
        case "tsc" -> {
          if (timer.frequency() != null) {
            out.append(",tsc-frequency=").append(timer.frequency());
          }
        }
        default -> {
          // the other timers are devices, not features of the CPU
        }
      }
    }
  }

  private static void features(Features features, StringBuilder out) {
    if (features.apicEoi() != null) {
      out.append(",kvm-pv-eoi=").append(features.apicEoi());
    }
    String spinlock = features.switches().get("pvspinlock");
    if (spinlock != null) {
      out.append(",kvm-pv-unhalt=").append(spinlock);
    }
    if ("passthrough".equals(features.hypervMode())) {
      out.append(",hv-passthrough=on");
    }
    hyperv(features, out);
    kvm(features.kvm(), out);
    String pmu = features.switches().get("pmu");
    if (pmu != null) {
      out.append(",pmu=").append(pmu);
    }
  }

  private static void hyperv(Features features, StringBuilder out) {
    features
        .hyperv()
        .forEach(
            (name, state) -> {
              boolean direct = name.equals("stimer-direct");
              if (state.equals("off") || direct && !"on".equals(features.hyperv().get("stimer"))) {
                return;
              }
              switch (name) {
                case "spinlocks" ->
                    out.append(",hv-spinlocks=0x")
                        .append(
                            Long.toHexString(
                                features.spinlockRetries() == null
                                    ? 4095
                                    : features.spinlockRetries()));
                case "vendor_id" -> out.append(",hv-vendor-id=").append(state);
                default -> out.append(",hv-").append(name).append("=on");
              }
            });
  }

  private static void kvm(Map<String, String> kvm, StringBuilder out) {
    if ("on".equals(kvm.get("hidden"))) {
      out.append(",kvm=off");
    }
    if ("on".equals(kvm.get("hint-dedicated"))) {
      out.append(",kvm-hint-dedicated=on");
    }
    if ("on".equals(kvm.get("poll-control"))) {
      out.append(",kvm-poll-control=on");
    }
    if ("off".equals(kvm.get("pv-ipi"))) {
      out.append(",kvm-pv-ipi=off");
    }
  }

  public static List<QemuOption> count(ArgvContext placed) {
    Vcpus vcpus = placed.definition().vcpus();
    CpuModel cpu = placed.definition().cpu();
    CpuModel.Topology topology = cpu == null ? null : cpu.topology();
    int current = vcpus.atStart();
    StringBuilder smp = new StringBuilder().append(current);
    if (current != vcpus.max()) {
      smp.append(",maxcpus=").append(vcpus.max());
    }
    if (topology == null) {
      smp.append(",sockets=").append(vcpus.max()).append(",cores=1,threads=1");
    } else {
      smp.append(",sockets=").append(topology.sockets());
      smp.append(",dies=").append(topology.dies());
      smp.append(",cores=").append(topology.cores());
      smp.append(",threads=").append(topology.threads());
    }
    List<QemuOption> options = new ArrayList<>();
    options.add(new TextOption("-smp", smp.toString()));
    options.addAll(threads(vcpus));
    return options;
  }

  private static List<QemuOption> threads(Vcpus vcpus) {
    List<QemuOption> objects = new ArrayList<>();
    for (Vcpus.IoThread thread : vcpus.iothreads()) {
      Props object = Props.object("iothread", "iothread" + thread.id());
      objects.add(JsonOption.object(pool(object, thread.pool())));
    }
    if (vcpus.defaultPool() != null) {
      Props loop = Props.object("main-loop", "main-loop");
      objects.add(JsonOption.object(pool(loop, vcpus.defaultPool())));
    }
    return objects;
  }

  private static Props pool(Props thread, Vcpus.@Nullable ThreadPool pool) {
    return pool == null
        ? thread
        : thread.put("thread-pool-min", pool.min()).put("thread-pool-max", pool.max());
  }
}
