package io.drover.definition.complete.rule;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.cpu.CpuModel;
import io.drover.definition.complete.builder.Faults;
import io.drover.definition.complete.emulator.EmulatorOffer;
import java.util.Set;
import java.util.TreeSet;

/** What must hold between a definition and the emulator that runs it. */
final class EmulatorRules {
  private static final Set<String> NOT_NEEDED = Set.of("disable", "forbid", "optional");

  private EmulatorRules() {}

  /**
   * Rules of a definition whose machine has its canonical name.
   *
   * @param emulator its path, for messages
   */
  static void check(
      Faults faults, DomainDefinition definition, String emulator, EmulatorOffer offer) {
    machine(faults, definition, emulator, offer);
    CpuModel cpu = definition.cpu();
    if (cpu != null && cpu.model() != null && (cpu.mode() == null || cpu.mode().equals("custom"))) {
      model(faults, cpu.model(), emulator, offer);
      // Only KVM is bound to what the host's processor can do; TCG leaves out what it lacks.
      if ("kvm".equals(definition.type()) && !"none".equals(cpu.check())) {
        features(faults, cpu, cpu.model(), offer);
      }
    }
  }

  private static void machine(
      Faults faults, DomainDefinition definition, String emulator, EmulatorOffer offer) {
    String machine = definition.os().machine();
    if (offer.machines().isEmpty() || machine == null) {
      return;
    }
    Integer limit = offer.machines().get(machine);
    if (limit == null) {
      faults.fault(
          "/domain/os/type/@machine",
          "The emulator " + emulator + " has no machine '" + machine + "'.");
    } else if (definition.vcpus().max() > limit) {
      faults.fault(
          "/domain/vcpu",
          "Maximum CPUs greater than specified machine type limit "
              + limit
              + " of '"
              + machine
              + "'.");
    }
  }

  private static void model(Faults faults, String model, String emulator, EmulatorOffer offer) {
    if (!offer.cpuModels().isEmpty() && !offer.cpuModels().containsKey(model)) {
      faults.fault(
          "/domain/cpu/model", "The emulator " + emulator + " has no CPU model '" + model + "'.");
    }
  }

  private static void features(Faults faults, CpuModel cpu, String model, EmulatorOffer offer) {
    Set<String> missing = new TreeSet<>(offer.cpuModels().getOrDefault(model, Set.of()));
    Set<String> forbidden = new TreeSet<>();
    cpu.features()
        .forEach(
            (name, policy) -> {
              boolean there = offer.cpuFeatures().contains(name);
              if (NOT_NEEDED.contains(policy)) {
                missing.remove(name);
              } else if (policy.equals("require") && !there && !offer.cpuFeatures().isEmpty()) {
                missing.add(name);
              } else if (policy.equals("force")) {
                missing.remove(name);
              }
              if (policy.equals("forbid") && there) {
                forbidden.add(name);
              }
            });
    if (!missing.isEmpty()) {
      faults.fault(
          "/domain/cpu",
          "The host's CPU does not provide required features: " + String.join(", ", missing) + ".");
    }
    if (!forbidden.isEmpty()) {
      faults.fault(
          "/domain/cpu",
          "The host's CPU provides forbidden features: " + String.join(", ", forbidden) + ".");
    }
  }
}
