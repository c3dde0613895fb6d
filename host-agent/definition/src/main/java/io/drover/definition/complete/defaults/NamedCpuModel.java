package io.drover.definition.complete.defaults;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.cpu.CpuModel;
import io.drover.definition.cpu.CpuModels;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Writes out what a named CPU model leaves open: features that QEMU took away, and wishes. */
public final class NamedCpuModel {
  private NamedCpuModel() {}

  /**
   * @param offered the features that guests here can get; empty when that is not known, and then no
   *     wish is decided
   */
  public static DomainDefinition apply(DomainDefinition definition, Set<String> offered) {
    CpuModel cpu = definition.cpu();
    if (cpu == null || cpu.model() == null || !"custom".equals(cpu.mode())) {
      return definition;
    }
    Map<String, String> features = new LinkedHashMap<>();
    cpu.features()
        .forEach(
            (name, policy) -> {
              boolean wish = policy.equals("optional") && !offered.isEmpty();
              String decided = offered.contains(name) ? "require" : "disable";
              features.put(name, wish ? decided : policy);
            });
    CpuModels.x86()
        .removedFrom(cpu.model())
        .forEach(
            name ->
                features.merge(
                    name, "disable", (given, gone) -> given.equals("optional") ? gone : given));
    return features.equals(cpu.features())
        ? definition
        : definition.withCpu(cpu.withFeatures(features));
  }
}
