package io.drover.driver;

import io.drover.definition.cpu.CpuDescription;
import io.drover.definition.cpu.CpuFacts;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The host's processor as its kernel shows it. Features that the kernel hides or does not know are
 * missing, so that the model can be a more modest one than libvirt finds by asking the processor.
 *
 * @param facts what it shows
 * @param model the richest named model of which it lacks nothing; empty when it is like none
 * @param microcode its version; empty when the kernel does not tell
 * @param physicalBits how many bits an address of its memory has
 * @param pageSizesKib the sizes of its pages in KiB
 */
public record HostCpu(
    CpuFacts facts,
    Optional<CpuDescription> model,
    OptionalLong microcode,
    OptionalInt physicalBits,
    int sockets,
    int dies,
    int cores,
    int threads,
    List<Long> pageSizesKib) {
  public HostCpu {
    pageSizesKib = List.copyOf(pageSizesKib);
  }
}
