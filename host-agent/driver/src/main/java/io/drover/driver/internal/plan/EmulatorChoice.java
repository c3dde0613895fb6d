package io.drover.driver.internal.plan;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.cpu.CpuModel;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.complete.emulator.EmulatorFacts;
import io.drover.definition.complete.emulator.EmulatorOffer;
import io.drover.definition.cpu.CpuFacts;
import io.drover.driver.AcceleratorFacts;
import io.drover.driver.Emulator;
import io.drover.driver.Emulator.Machine;
import io.drover.driver.GuestCpus;
import io.drover.driver.HostCapabilities;
import io.drover.driver.RejectedEmulator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which emulator runs a definition, and how.
 *
 * @param domainType libvirt's word: qemu for TCG, kvm
 * @param accelerator QEMU's word: tcg, kvm
 * @param machineAcpi whether {@code acpi} is an option of its machines
 */
record EmulatorChoice(
    String domainType, String accelerator, boolean machineAcpi, EmulatorFacts facts) {
  private static final String DEFAULT_ARCH = "x86_64";

  /** Decides; pure but for the resolving of the emulator's path. */
  static EmulatorChoice of(DomainDefinition definition, HostCapabilities host) {
    Emulator emulator = emulator(definition, host);
    requireLunsOfVirtio(definition, emulator);
    String type = definition.type();
    if (type == null) {
      type = usable(host, "kvm") ? "kvm" : "qemu";
    } else if (type.equals("kvm")) {
      requireUsable(host, "kvm");
    }
    String path = definition.emulator() == null ? emulator.path() : definition.emulator();
    EmulatorFacts facts =
        new EmulatorFacts(path, aliases(emulator), type)
            .withOffer(offer(emulator, type, definition));
    String accelerator = type.equals("kvm") ? "kvm" : "tcg";
    return new EmulatorChoice(type, accelerator, emulator.has("machine-acpi"), facts);
  }

  private static boolean usable(HostCapabilities host, String accelerator) {
    return host.accelerator(accelerator).map(AcceleratorFacts::usable).orElse(false);
  }

  private static void requireUsable(HostCapabilities host, String accelerator) {
    if (!usable(host, accelerator)) {
      String why =
          host.accelerator(accelerator).map(AcceleratorFacts::reason).orElse("It was not found.");
      throw new ProblemException(
          ErrorCode.EMULATOR_UNUSABLE,
          "The domain asks for "
              + accelerator
              + ", which this host cannot offer: "
              + why
              + " Use type='qemu', or leave the type out.");
    }
  }

  /** QEMU 10 has given up SCSI commands through virtio-blk. */
  private static void requireLunsOfVirtio(DomainDefinition definition, Emulator emulator) {
    if (emulator.has("virtio-blk-pci.scsi")) {
      return;
    }
    for (Disk disk : definition.devices(Disk.class)) {
      if ("lun".equals(disk.device()) && "virtio".equals(disk.target().bus())) {
        throw new ProblemException(
            ErrorCode.UNSUPPORTED_ELEMENT,
            "The emulator "
                + emulator.path()
                + " passes no SCSI commands through virtio-blk, which device='lun' of the disk "
                + disk.target().dev()
                + " asks for; give it the bus 'scsi' with a controller of the model"
                + " 'virtio-scsi'.");
      }
    }
  }

  /** The architecture of a definition, as QEMU calls it. */
  static String arch(DomainDefinition definition) {
    String arch = definition.os().arch() == null ? DEFAULT_ARCH : definition.os().arch();
    return arch.equals("i686") ? "i386" : arch;
  }

  private static Emulator emulator(DomainDefinition definition, HostCapabilities host) {
    String wanted = definition.emulator();
    Optional<Emulator> found =
        wanted == null
            ? host.emulatorFor(arch(definition))
            : host.emulators().stream()
                .filter(each -> each.path().equals(resolved(wanted)))
                .findFirst();
    return found.orElseThrow(
        () -> missing(wanted == null ? "for " + arch(definition) : wanted, host.leftOut()));
  }

  private static ProblemException missing(String what, List<RejectedEmulator> leftOut) {
    String tried =
        leftOut.stream()
            .map(each -> " " + each.path() + " was tried and left out: " + each.reason())
            .collect(Collectors.joining());
    String detail =
        tried.isEmpty()
            ? " was found on this host; install qemu-system-x86 or leave <emulator> out."
            : " can be used on this host." + tried;
    return new ProblemException(ErrorCode.EMULATOR_UNUSABLE, "No emulator " + what + detail);
  }

  private static String resolved(String path) {
    try {
      return Path.of(path).toRealPath().toString();
    } catch (IOException | java.nio.file.InvalidPathException e) {
      return path;
    }
  }

  /** Of the CPUs only what this definition asks for: to describe them takes a millisecond. */
  private static EmulatorOffer offer(Emulator emulator, String type, DomainDefinition definition) {
    Map<String, Integer> machines = new HashMap<>();
    emulator.machines().forEach(machine -> machines.put(machine.name(), machine.maxCpus()));
    CpuModel cpu = definition.cpu();
    Optional<GuestCpus> cpus = cpu == null ? Optional.empty() : emulator.cpus(type);
    boolean hostModel = cpu != null && "host-model".equals(cpu.mode());
    return new EmulatorOffer(
        machines,
        emulator.types(),
        cpus.map(GuestCpus::blockers).orElse(Map.of()),
        cpus.flatMap(GuestCpus::richest).map(CpuFacts::features).orElse(Set.of()),
        hostModel ? cpus.flatMap(known -> known.hostModel(true)) : Optional.empty());
  }

  private static Map<String, String> aliases(Emulator emulator) {
    Map<String, String> aliases = new HashMap<>();
    for (Machine machine : emulator.machines()) {
      machine.aliases().forEach(alias -> aliases.put(alias, machine.name()));
    }
    return aliases;
  }
}
