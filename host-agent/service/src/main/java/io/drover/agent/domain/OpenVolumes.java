package io.drover.agent.domain;

import io.drover.agent.volume.VolumeUses;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.storage.DiskImage;
import io.drover.contracts.definition.storage.DiskSource;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.OperationId;
import io.drover.contracts.id.VolumeId;
import io.drover.driver.Domain;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps what a running domain has open in step with its operations: a volume is the domain's before
 * an operation may open it, and free again once the domain's definition names it no longer and no
 * other operation may bring it. Thread-safe.
 */
final class OpenVolumes {
  private final DomainRecords records;
  private final VolumeUses uses;
  private final VolumeResolver resolving;
  private final Map<OperationId, Set<VolumeId>> underWay = new HashMap<>();

  OpenVolumes(DomainRecords records, VolumeUses uses, VolumeResolver resolving) {
    this.records = records;
    this.uses = uses;
    this.resolving = resolving;
  }

  /** Takes the volumes for the domain; on disk when it returns, for an agent after this one. */
  synchronized void take(DomainRecord domain, OperationId operation, List<VolumeId> volumes) {
    uses.take(domain.domainId(), volumes);
    underWay.put(operation, Set.copyOf(volumes));
    Set<VolumeId> all = new HashSet<>(domain.volumes());
    if (all.addAll(volumes)) {
      records.put(domain.withVolumes(List.copyOf(all)));
    }
  }

  /** The operation has ended, however. */
  synchronized void settle(Domain domain, OperationId operation) {
    underWay.remove(operation);
    settle(domain);
  }

  /** Frees what the domain's definition names no longer and no operation may bring. */
  synchronized void settle(Domain domain) {
    DomainRecord known = records.find(domain.id()).orElse(null);
    if (known == null || domain.status().ended()) {
      return; // its end frees all of them
    }
    Set<String> named = files(domain.definition().devices(Disk.class).stream());
    List<VolumeId> free = new ArrayList<>();
    for (VolumeId volume : known.volumes()) {
      boolean wanted = underWay.values().stream().anyMatch(each -> each.contains(volume));
      if (!wanted && !named.contains(resolving.path(volume).toString())) {
        free.add(volume);
      }
    }
    if (!free.isEmpty()) {
      records.keep(known.withVolumes(without(known.volumes(), free)));
      uses.release(domain.id(), free);
    }
  }

  /** The volume that is the disk of this name of the running domain. */
  Optional<VolumeId> behind(DomainRecord known, Domain domain, String target) {
    Set<String> named =
        files(
            domain.definition().devices(Disk.class).stream()
                .filter(disk -> disk.target().dev().equals(target)));
    return known.volumes().stream()
        .filter(volume -> named.contains(resolving.path(volume).toString()))
        .findFirst();
  }

  /** The domain has ended: all of them are free. */
  void release(DomainId domain) {
    uses.release(domain);
  }

  private static List<VolumeId> without(List<VolumeId> all, Collection<VolumeId> free) {
    return all.stream().filter(volume -> !free.contains(volume)).toList();
  }

  private static Set<String> files(Stream<Disk> disks) {
    return disks
        .flatMap(
            disk -> {
              DiskImage image = disk.image();
              return image != null && image.source() instanceof DiskSource.File file
                  ? Stream.of(file.path())
                  : Stream.empty();
            })
        .collect(Collectors.toSet());
  }
}
