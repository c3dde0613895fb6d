package io.drover.driver.internal.operation.disk;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.storage.DiskImage;
import io.drover.contracts.definition.storage.DiskSource;
import io.drover.driver.internal.folder.OriginalOwner;
import io.drover.driver.internal.operation.RunningGuest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of disks whose owner changes while a running domain has them. */
final class DiskHandover {
  private final DiskFiles files;

  DiskHandover(DiskFiles files) {
    this.files = files;
  }

  /** Who owns the disk's files before they are given to QEMU's user. */
  List<OriginalOwner> owners(Disk disk) {
    List<Path> chain = stream(disk).toList();
    List<Path> needed = new ArrayList<>();
    for (Path file : chain) {
      boolean written = needed.isEmpty() && file.equals(chain.get(0)) && !disk.readonly();
      if (written || !files.readable(file)) {
        needed.add(file);
      }
    }
    return files.owners(needed);
  }

  void give(List<OriginalOwner> owners) {
    files.give(owners);
  }

  /** What is journalled once these were given. */
  static RunningGuest.Live given(RunningGuest.Live live, List<OriginalOwner> owners) {
    List<OriginalOwner> all = new ArrayList<>(live.handedOver());
    owners.stream().filter(owner -> !all.contains(owner)).forEach(all::add);
    return live.withHandedOver(all);
  }

  /** Restores the owners of the disk's files that no disk of {@code left} uses. */
  void takeBack(RunningGuest.Live live, Disk disk, DomainDefinition left) {
    files.restore(of(live, disk, left));
  }

  /** What is journalled once these were restored. */
  static RunningGuest.Live restored(RunningGuest.Live live, Disk disk, DomainDefinition left) {
    List<OriginalOwner> rest = new ArrayList<>(live.handedOver());
    rest.removeAll(of(live, disk, left));
    return live.withHandedOver(rest);
  }

  private static List<OriginalOwner> of(RunningGuest.Live live, Disk disk, DomainDefinition left) {
    List<Path> used = left.devices(Disk.class).stream().flatMap(DiskHandover::stream).toList();
    List<Path> own = stream(disk).filter(file -> !used.contains(file)).toList();
    return live.handedOver().stream().filter(file -> own.contains(file.file())).toList();
  }

  /** As at a start: all images of the chain, from the top. */
  private static Stream<Path> stream(Disk disk) {
    List<Path> files = new ArrayList<>();
    for (DiskImage at = disk.image(); at != null; at = at.backing()) {
      place(at.source()).ifPresent(files::add);
    }
    return files.stream();
  }

  private static Optional<Path> place(@Nullable DiskSource source) {
    if (source instanceof DiskSource.Block block) {
      return Optional.of(Path.of(block.path()));
    }
    return source instanceof DiskSource.File file
        ? Optional.of(Path.of(file.path()))
        : Optional.empty();
  }
}
