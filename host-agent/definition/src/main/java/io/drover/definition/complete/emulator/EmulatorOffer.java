package io.drover.definition.complete.emulator;

import io.drover.definition.cpu.CpuDescription;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a real emulator has on its host, as far as definitions can ask for it. An empty part is
 * unknown, and nothing is refused for it.
 *
 * @param machines how many virtual CPUs each takes, by canonical name
 * @param types what {@code -device} and {@code -object} take
 * @param cpuModels by name, the features that a guest would not get of it, by libvirt's names
 * @param cpuFeatures the features that a guest can get at all, by libvirt's names
 * @param hostModel what host-model stands for
 */
public record EmulatorOffer(
    Map<String, Integer> machines,
    Set<String> types,
    Map<String, Set<String>> cpuModels,
    Set<String> cpuFeatures,
    Optional<CpuDescription> hostModel) {
  public EmulatorOffer {
    machines = Map.copyOf(machines);
    types = Set.copyOf(types);
    cpuModels = Map.copyOf(cpuModels);
    cpuFeatures = Set.copyOf(cpuFeatures);
  }

  /** Nothing is known. */
  public static EmulatorOffer unknown() {
    return new EmulatorOffer(Map.of(), Set.of(), Map.of(), Set.of(), Optional.empty());
  }
}
