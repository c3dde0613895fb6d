package io.drover.definition.complete.rule;

import io.drover.contracts.definition.device.Disk;
import io.drover.definition.complete.builder.Faults;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which limits of a disk's speed go together. */
final class ThrottlingRules {
  private static final List<String> KINDS = List.of("bytes_sec", "iops_sec");

  private ThrottlingRules() {}

  static void check(Faults faults, List<Disk> disks) {
    Map<String, Disk> groups = new HashMap<>();
    for (Disk disk : disks) {
      for (String kind : KINDS) {
        together(faults, disk, kind);
        together(faults, disk, kind + "_max");
      }
      if (disk.ioTuneGroup() != null && limited(disk)) {
        Disk first = groups.putIfAbsent(disk.ioTuneGroup(), disk);
        if (first != null && !first.ioTune().equals(disk.ioTune())) {
          faults.fault(
              disk,
              "The disks of an <iotune> group need the same limits; '"
                  + first.target().dev()
                  + "' has others.");
        }
      }
    }
    for (Disk disk : disks) {
      if (disk.ioTuneGroup() != null && !groups.containsKey(disk.ioTuneGroup())) {
        faults.fault(
            disk,
            "The <iotune> group '"
                + disk.ioTuneGroup()
                + "' has no limits; give them with a disk.");
      }
    }
  }

  private static boolean limited(Disk disk) {
    return disk.ioTune().values().stream().anyMatch(limit -> limit > 0);
  }

  private static void together(Faults faults, Disk disk, String kind) {
    Map<String, Long> limits = disk.ioTune();
    boolean total = limits.getOrDefault("total_" + kind, 0L) > 0;
    boolean each =
        limits.getOrDefault("read_" + kind, 0L) > 0 || limits.getOrDefault("write_" + kind, 0L) > 0;
    if (total && each) {
      faults.fault(
          disk, "<iotune> takes total_" + kind + ", or read_" + kind + " and write_" + kind + ".");
    }
  }
}
