package io.drover.driver;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A system emulator, as it described itself.
 *
 * @param path absolute, symbolic links resolved
 * @param arch the guest architecture, as in {@code x86_64}
 * @param version as in {@code 7.2.22}
 * @param packaging how the distribution names it; empty when it does not
 * @param flags what it can do, by libvirt's names, as in {@code virtio-mem-pci}
 * @param types everything that {@code -device} and {@code -object} take, and their base types
 * @param machines the default machine first
 * @param tcg what it has when it emulates
 * @param kvm what it has with KVM; empty when it was built without or {@code /dev/kvm} is shut
 * @param sev what it says of AMD SEV; empty when there is none
 */
public record Emulator(
    String path,
    String arch,
    String version,
    String packaging,
    Set<String> flags,
    Set<String> types,
    List<Machine> machines,
    Optional<GuestCpus> tcg,
    Optional<GuestCpus> kvm,
    Optional<Sev> sev) {
  public Emulator {
    flags = Collections.unmodifiableSortedSet(new TreeSet<>(flags));
    types = Collections.unmodifiableSortedSet(new TreeSet<>(types));
    machines = List.copyOf(machines);
  }

  /**
   * A machine type.
   *
   * @param name the canonical name, as in {@code pc-q35-7.2}
   * @param aliases other names of it, as in {@code q35}
   * @param maxCpus how many virtual CPUs it takes
   * @param hotplugCpus whether CPUs can come and go while it runs
   * @param defaultCpu the QOM type of its CPUs when no model is given; empty for none
   * @param isDefault whether QEMU takes it when none is named
   * @param numaMemory whether {@code -numa node,mem=} still works on it
   * @param defaultRam the id of its memory; empty for none
   * @param deprecated whether QEMU is going to drop it
   */
  public record Machine(
      String name,
      List<String> aliases,
      int maxCpus,
      boolean hotplugCpus,
      String defaultCpu,
      boolean isDefault,
      boolean numaMemory,
      String defaultRam,
      boolean deprecated) {
    public Machine {
      aliases = List.copyOf(aliases);
    }
  }

  /**
   * What AMD SEV needs to know of the host.
   *
   * @param cbitpos which bit of an address encrypts
   * @param reducedPhysBits how many address bits it costs
   */
  public record Sev(int cbitpos, int reducedPhysBits) {}

  /** The machine of this name or alias. */
  public Optional<Machine> machine(String nameOrAlias) {
    return machines.stream()
        .filter(each -> each.name().equals(nameOrAlias) || each.aliases().contains(nameOrAlias))
        .findFirst();
  }

  /** Whether it has this flag of libvirt's. */
  public boolean has(String flag) {
    return flags.contains(flag);
  }

  /** The CPUs of guests of this type. */
  public Optional<GuestCpus> cpus(String domainType) {
    return domainType.equals("kvm") ? kvm : tcg;
  }
}
