package io.drover.driver.probe;

import java.util.List;
import java.util.Optional;

/**
 * A system emulator, as it described itself.
 *
 * @param path absolute, symbolic links resolved
 * @param arch the guest architecture, as in {@code x86_64}
 * @param version as in {@code 7.2.22}
 * @param cpuModels the names that {@code -cpu} takes
 */
public record Emulator(
    String path, String arch, String version, List<Machine> machines, List<String> cpuModels) {
  public Emulator {
    machines = List.copyOf(machines);
    cpuModels = List.copyOf(cpuModels);
  }

  /**
   * A machine type.
   *
   * @param name the canonical name, as in {@code pc-q35-7.2}
   * @param aliases other names of it, as in {@code q35}
   * @param maxCpus how many virtual CPUs it takes
   */
  public record Machine(String name, List<String> aliases, int maxCpus) {
    public Machine {
      aliases = List.copyOf(aliases);
    }
  }

  /** The machine of this name or alias. */
  public Optional<Machine> machine(String nameOrAlias) {
    return machines.stream()
        .filter(each -> each.name().equals(nameOrAlias) || each.aliases().contains(nameOrAlias))
        .findFirst();
  }
}
