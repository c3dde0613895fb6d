package io.drover.definition.complete.emulator;

import io.drover.definition.cpu.CpuModels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a definition's completion needs to know of the emulator.
 *
 * @param path the QEMU binary
 * @param machineAliases canonical machine names by alias, as in pc to pc-i440fx-7.2
 * @param defaultType qemu or kvm: what a definition gets that leaves the choice open
 * @param firmware the images that definitions can ask for, the preferred first
 * @param offer what it has; unknown without a host
 */
public record EmulatorFacts(
    String path,
    Map<String, String> machineAliases,
    String defaultType,
    List<FirmwareFacts> firmware,
    EmulatorOffer offer) {
  public EmulatorFacts {
    machineAliases = Map.copyOf(machineAliases);
    firmware = List.copyOf(firmware);
  }

  /** An emulator beside Debian's firmware. */
  public EmulatorFacts(String path, Map<String, String> machineAliases, String defaultType) {
    this(path, machineAliases, defaultType, FirmwareFacts.debian(), EmulatorOffer.unknown());
  }

  /** The binary for guests of this architecture: those of 32 bits have one of their own. */
  public String path(@Nullable String arch) {
    return "i686".equals(arch) && path.endsWith("-x86_64")
        ? path.substring(0, path.length() - "x86_64".length()) + "i386"
        : path;
  }

  /** The same emulator, with what it has. */
  public EmulatorFacts withOffer(EmulatorOffer known) {
    return new EmulatorFacts(path, machineAliases, defaultType, firmware, known);
  }

  /** QEMU 7.2 as Debian 12 has it; for work that has no host. */
  public static EmulatorFacts offline() {
    Map<String, Set<String>> models = new HashMap<>();
    CpuModels.x86().names().forEach(name -> models.put(name, Set.of()));
    return new EmulatorFacts(
        "/usr/bin/qemu-system-x86_64",
        Map.of("pc", "pc-i440fx-7.2", "q35", "pc-q35-7.2"),
        "qemu",
        FirmwareFacts.common(),
        new EmulatorOffer(KnownMachines.limits(), Set.of(), models, Set.of(), Optional.empty()));
  }

  /** Any QEMU, of any age; for definitions whose host is still to be found. */
  public static EmulatorFacts anywhere() {
    return offline().withOffer(EmulatorOffer.unknown());
  }

  /** The same emulator beside Debian's firmware files, which can be opened. */
  public EmulatorFacts withDebianFirmware() {
    return new EmulatorFacts(path, machineAliases, defaultType, FirmwareFacts.debian(), offer);
  }
}
