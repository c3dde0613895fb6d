package io.drover.driver;

import java.util.List;
import java.util.Optional;

/**
 * What this host offers.
 *
 * @param emulators the system emulators that answered, the host's own architecture first
 * @param accelerators {@code kvm} and {@code tcg}, each tried with a guest
 * @param leftOut emulators that are there and hang, crash or do not answer
 * @param host its processor, memory and the like
 */
public record HostCapabilities(
    List<Emulator> emulators,
    List<AcceleratorFacts> accelerators,
    List<RejectedEmulator> leftOut,
    HostDescription host) {
  public HostCapabilities {
    emulators = List.copyOf(emulators);
    accelerators = List.copyOf(accelerators);
    leftOut = List.copyOf(leftOut);
  }

  /** The emulator of this architecture, as in {@code x86_64}. */
  public Optional<Emulator> emulatorFor(String arch) {
    return emulators.stream().filter(emulator -> emulator.arch().equals(arch)).findFirst();
  }

  /** The accelerator of this name; empty when it was not probed. */
  public Optional<AcceleratorFacts> accelerator(String name) {
    return accelerators.stream().filter(facts -> facts.name().equals(name)).findFirst();
  }
}
