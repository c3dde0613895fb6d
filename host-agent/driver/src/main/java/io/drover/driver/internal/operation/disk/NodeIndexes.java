package io.drover.driver.internal.operation.disk;

import io.drover.contracts.definition.DeviceXml;
import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.storage.DiskImage;
import io.drover.definition.argv.storage.NodeNumbers;
import io.drover.driver.internal.journal.JobRecord;
import io.drover.driver.internal.operation.RunningGuest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of the block nodes of a running domain. Its definition keeps them where libvirt shows
 * them, in {@code <source index='3'/>}: a disk's number stays its own while others come and go.
 * Pure.
 */
public final class NodeIndexes {
  /** The note of an operation that holds the disk it adds, as XML. */
  static final String NOTED_DISK = "disk";

  private static final String INDEX = "index";

  private NodeIndexes() {}

  /** The definition with the numbers that the disks have at a start. */
  public static DomainDefinition atStart(DomainDefinition completed) {
    NodeNumbers numbers = NodeNumbers.atStart(completed);
    return completed.withEach(
        Disk.class,
        disk -> numbered(disk, numbers.firstByAlias().getOrDefault(Disks.alias(disk), 0)));
  }

  /** The disk with this number for its top image; images below have the next ones. */
  static Disk numbered(Disk disk, int number) {
    DiskImage image = disk.image();
    if (image == null || image.source() == null) {
      return disk;
    }
    return disk.withImage(image.withOption(INDEX, Integer.toString(number)));
  }

  static OptionalInt of(Disk disk) {
    DiskImage image = disk.image();
    String index = image == null ? null : image.options().get(INDEX);
    return index == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(index));
  }

  /** The numbers of all disks of a running domain. */
  static NodeNumbers of(DomainDefinition running) {
    List<Disk> disks = running.devices(Disk.class);
    boolean numbered =
        disks.stream()
            .filter(disk -> disk.image() != null && disk.image().source() != null)
            .allMatch(disk -> of(disk).isPresent());
    if (!numbered) {
      return NodeNumbers.atStart(running); // started by a driver that kept none, and unchanged
    }
    Map<String, Integer> first = new HashMap<>();
    int next = 1;
    for (Disk disk : disks) {
      OptionalInt index = of(disk);
      if (index.isPresent()) {
        first.put(Disks.alias(disk), index.getAsInt());
        next = Math.max(next, index.getAsInt() + length(disk.image()));
      }
    }
    return new NodeNumbers(first, next);
  }

  /** The first number that neither a disk has nor an operation that has not ended. */
  static int next(RunningGuest.Live live) {
    int next = of(live.definition()).next();
    for (JobRecord record : live.jobs()) {
      String noted = record.ended() ? null : record.notes().get(NOTED_DISK);
      if (noted != null) {
        Disk disk = DeviceXml.read(noted, Disk.class);
        next = Math.max(next, of(disk).orElse(0) + length(disk.image()));
      }
    }
    return next;
  }

  /** The numbers of a running domain with a disk's own. */
  public static NodeNumbers with(DomainDefinition running, Disk disk) {
    NodeNumbers known = of(running);
    OptionalInt own = of(disk);
    if (own.isEmpty()) {
      return known;
    }
    Map<String, Integer> first = new HashMap<>(known.firstByAlias());
    first.put(Disks.alias(disk), own.getAsInt());
    return new NodeNumbers(first, Math.max(known.next(), own.getAsInt() + length(disk.image())));
  }

  private static int length(@Nullable DiskImage top) {
    int length = 0;
    for (DiskImage at = top; at != null && at.source() != null; at = at.backing()) {
      length++;
    }
    return length;
  }
}
