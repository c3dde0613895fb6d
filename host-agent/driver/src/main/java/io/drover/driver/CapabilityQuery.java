package io.drover.driver;

import java.util.Optional;

/**
 * Which domain capabilities are asked for; what is left open, the driver chooses.
 *
 * @param emulator the path of a QEMU binary; the first of the architecture if empty
 * @param arch as in x86_64, libvirt's name or QEMU's; the host's if empty
 * @param machine a machine type or its alias; the emulator's default if empty
 * @param domainType qemu or kvm; kvm if empty, where that is usable
 */
public record CapabilityQuery(
    Optional<String> emulator,
    Optional<String> arch,
    Optional<String> machine,
    Optional<String> domainType) {
  /** Leaves everything open. */
  public static CapabilityQuery any() {
    return new CapabilityQuery(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
