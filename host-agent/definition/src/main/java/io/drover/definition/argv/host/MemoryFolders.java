package io.drover.definition.argv.host;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a host has files that are guests' memory.
 *
 * @param ordinary the folder for files with ordinary pages
 * @param huge the folders on hugetlbfs, by the size of their pages in KiB
 * @param defaultKib the page size of a definition that names none
 */
public record MemoryFolders(String ordinary, Map<Long, String> huge, long defaultKib) {
  public MemoryFolders {
    huge = Map.copyOf(huge);
  }

  /**
   * The folder with pages of this size.
   *
   * @throws ProblemException {@code HOST_RESOURCE_MISSING} when nothing is mounted that has them
   */
  public String ofSize(long kib) {
    String folder = huge.get(kib);
    if (folder == null) {
      throw new ProblemException(
          ErrorCode.HOST_RESOURCE_MISSING,
          "/domain/memoryBacking/hugepages: No hugetlbfs with pages of "
              + kib
              + " KiB is mounted; there are "
              + (huge.isEmpty() ? "none" : new TreeMap<>(huge).keySet() + " KiB")
              + ".");
    }
    return folder;
  }
}
