package io.drover.driver.postparse;

import java.util.Map;

/**
 * What a definition's completion needs to know of the emulator.
 *
 * @param path the QEMU binary
 * @param machineAliases canonical machine names by alias, as in pc to pc-i440fx-7.2
 * @param defaultType qemu or kvm: what a definition gets that leaves the choice open
 */
public record EmulatorFacts(String path, Map<String, String> machineAliases, String defaultType) {
  public EmulatorFacts {
    machineAliases = Map.copyOf(machineAliases);
  }

  /** QEMU 7.2 as Debian 12 has it; for work that has no host. */
  public static EmulatorFacts offline() {
    return new EmulatorFacts(
        "/usr/bin/qemu-system-x86_64", Map.of("pc", "pc-i440fx-7.2", "q35", "pc-q35-7.2"), "qemu");
  }
}
