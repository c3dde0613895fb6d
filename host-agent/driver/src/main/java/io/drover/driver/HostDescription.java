package io.drover.driver;

import java.util.List;
import java.util.Optional;

/**
 * This host.
 *
 * @param uuid what its firmware calls it; empty when that may not be read
 * @param arch as in {@code x86_64}
 * @param cpu empty on other processors than x86
 * @param cells the NUMA cells; one on a host without NUMA
 * @param caches the processors' last-level caches
 * @param sleepStates what it can do besides running: suspend_mem, suspend_disk, suspend_hybrid
 * @param iommu whether it isolates devices, so that they can be given to guests
 * @param vfio whether the kernel gives devices to guests
 * @param swtpm whether software TPMs can be had
 */
public record HostDescription(
    Optional<String> uuid,
    String arch,
    Optional<HostCpu> cpu,
    List<HostNumaCell> cells,
    List<CacheBank> caches,
    List<String> sleepStates,
    boolean iommu,
    boolean vfio,
    boolean swtpm) {
  public HostDescription {
    cells = List.copyOf(cells);
    caches = List.copyOf(caches);
    sleepStates = List.copyOf(sleepStates);
  }

  /**
   * A NUMA cell.
   *
   * @param memoryKib its memory in KiB
   * @param pages how much of it is set aside in pages of each size
   * @param distances to each cell, itself included
   */
  public record HostNumaCell(
      int id, long memoryKib, List<Pages> pages, List<Distance> distances, List<Cpu> cpus) {
    public HostNumaCell {
      pages = List.copyOf(pages);
      distances = List.copyOf(distances);
      cpus = List.copyOf(cpus);
    }
  }

  /** How many pages of this size, in KiB, a cell has. */
  public record Pages(long sizeKib, long count) {}

  /** How far a cell is, where 10 is itself. */
  public record Distance(int cell, int value) {}

  /**
   * A logical processor.
   *
   * @param siblings the processors of its core, as in {@code 0-1}
   */
  public record Cpu(int id, int socket, int die, int core, String siblings) {}

  /**
   * A cache.
   *
   * @param type both, code or data
   * @param cpus the processors that share it, as in {@code 0-7}
   */
  public record CacheBank(int id, int level, String type, long sizeKib, String cpus) {}
}
