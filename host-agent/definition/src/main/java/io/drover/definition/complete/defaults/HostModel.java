package io.drover.definition.complete.defaults;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.cpu.CpuModel;
import io.drover.definition.cpu.CpuDescription;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Writes out what host-model stands for on the host where the domain starts. */
public final class HostModel {
  private HostModel() {}

  public static DomainDefinition apply(
      DomainDefinition definition, Optional<CpuDescription> hostModel) {
    CpuModel cpu = definition.cpu();
    if (cpu == null || !"host-model".equals(cpu.mode())) {
      return definition;
    }
    return hostModel.map(host -> definition.withCpu(spelled(cpu, host))).orElse(definition);
  }

  /** The definition's own features come last and win. */
  private static CpuModel spelled(CpuModel cpu, CpuDescription host) {
    Map<String, String> features = new LinkedHashMap<>();
    host.require().forEach(name -> features.put(name, "require"));
    host.disable().forEach(name -> features.put(name, "disable"));
    features.putAll(cpu.features());
    return new CpuModel(
        "custom",
        "exact",
        cpu.check() == null ? "partial" : cpu.check(),
        null,
        host.model(),
        "forbid",
        host.vendor().isEmpty() ? null : host.vendor(),
        cpu.vendorId(),
        cpu.physicalBits(),
        cpu.topology(),
        cpu.cache(),
        features,
        cpu.numa(),
        cpu.interconnects());
  }
}
