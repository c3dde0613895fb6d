package io.drover.definition.argv.storage;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.storage.DiskImage;
import io.drover.definition.argv.option.ArgvContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The numbers in the names of the disks' block nodes, as in {@code libvirt-3-format}. A disk's
 * images have consecutive ones from the top of the chain downwards. A number is given once: who
 * plugs disks in and out keeps this value as long as the domain runs.
 *
 * @param firstByAlias the number of each disk's top image
 * @param next the first number that was never given
 */
public record NodeNumbers(Map<String, Integer> firstByAlias, int next) {
  public NodeNumbers {
    firstByAlias = Map.copyOf(firstByAlias);
  }

  /** Numbers as libvirt's at a start: from the last disk to the first. */
  public static NodeNumbers atStart(DomainDefinition completed) {
    List<Disk> disks = completed.devices(Disk.class);
    Map<String, Integer> first = new HashMap<>();
    int next = 1;
    for (int i = disks.size() - 1; i >= 0; i--) {
      first.put(ArgvContext.alias(disks.get(i)), next);
      next += needed(disks.get(i));
    }
    return new NodeNumbers(first, next);
  }

  /** The same with numbers for a disk that is plugged in. */
  public NodeNumbers with(Disk disk) {
    Map<String, Integer> more = new HashMap<>(firstByAlias);
    more.put(ArgvContext.alias(disk), next);
    return new NodeNumbers(more, next + needed(disk));
  }

  /** The same without a disk that was pulled out. */
  public NodeNumbers without(Disk disk) {
    Map<String, Integer> fewer = new HashMap<>(firstByAlias);
    fewer.remove(ArgvContext.alias(disk));
    return new NodeNumbers(fewer, next);
  }

  /** The number of the disk's top image. */
  int first(Disk disk) {
    Integer first = firstByAlias.get(ArgvContext.alias(disk));
    if (first == null) {
      throw new IllegalStateException(
          "The nodes of the disk "
              + disk.target().dev()
              + " have no numbers; take them by NodeNumbers.with first.");
    }
    return first;
  }

  private static int needed(Disk disk) {
    return Math.max(1, chain(disk.image()).size()); // a medium may come
  }

  /** The images that have a place, from the top downwards. */
  static List<DiskImage> chain(@Nullable DiskImage top) {
    List<DiskImage> chain = new ArrayList<>();
    for (DiskImage at = top; at != null && at.source() != null; at = at.backing()) {
      chain.add(at);
    }
    return chain;
  }
}
