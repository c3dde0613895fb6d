package io.drover.contracts.definition;

import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.device.Video;
import io.drover.contracts.definition.storage.DiskImage;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The memory that QEMU takes of its host beside the guest's: what a host must have free for a
 * domain to run is the guest's memory and this. An estimate from above for ordinary guests, in MiB:
 *
 * <ul>
 *   <li>64 for QEMU's code, heap and the stacks of its threads
 *   <li>3 for each virtual CPU
 *   <li>8 for each disk: QEMU's caches of the format and its requests; more where {@code
 *       <metadata_cache>} asks for more
 *   <li>1 for each 512 MiB of the guest's memory, begun ones included: page tables
 *   <li>each graphics card's memory as the definition has it, 16 where it has none
 *   <li>without {@code type='kvm'} the cache of translated code: as {@code <tb-cache>} has it, or a
 *       quarter of the guest's memory, from 32 to 1024, where QEMU chooses
 * </ul>
 *
 * Pure.
 */
public final class MemoryOverhead {
  private static final long QEMU = 64;
  private static final long VCPU = 3;
  private static final long DISK = 8;
  private static final long PAGED_BY_ONE = 512;
  private static final long VIDEO = 16;
  private static final long LEAST_CACHE = 32;
  private static final long MOST_CACHE = 1024;
  private static final long KIB = 1024;

  private MemoryOverhead() {}

  /** Of a domain with this definition, in MiB. */
  public static long mib(DomainDefinition definition) {
    return QEMU
        + VCPU * definition.vcpuCount()
        + definition.devices(Disk.class).stream().mapToLong(MemoryOverhead::disk).sum()
        + share(definition.memoryMib(), PAGED_BY_ONE)
        + definition.devices(Video.class).stream().mapToLong(MemoryOverhead::video).sum()
        + translatedCode(definition);
  }

  private static long disk(Disk disk) {
    long asked = 0;
    for (DiskImage at = disk.image(); at != null; at = at.backing()) {
      Long cache = at.metadataCache();
      asked += cache == null ? 0 : share(cache, KIB * KIB);
    }
    return Math.max(DISK, asked);
  }

  private static long video(Video card) {
    if ("none".equals(card.model())) {
      return 0;
    }
    Video.VideoMemory memory = card.memory();
    long kib = kib(memory.vram()) + kib(memory.ram()) + kib(memory.vram64());
    return kib == 0 ? VIDEO : share(kib, KIB);
  }

  private static long kib(@Nullable Integer size) {
    return size == null ? 0 : size;
  }

  private static long translatedCode(DomainDefinition definition) {
    if (Objects.equals(definition.type(), "kvm")) {
      return 0;
    }
    Long asked = definition.features().tbCacheKib();
    return asked == null
        ? Math.min(MOST_CACHE, Math.max(LEAST_CACHE, definition.memoryMib() / 4))
        : share(asked, KIB);
  }

  private static long share(long amount, long of) {
    return (amount + of - 1) / of;
  }
}
