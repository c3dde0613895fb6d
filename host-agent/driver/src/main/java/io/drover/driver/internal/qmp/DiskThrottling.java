package io.drover.driver.internal.qmp;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Limits how fast a guest reads and writes its disks. */
public final class DiskThrottling {
  /** What QEMU wants to be told always. */
  private static final List<String> NEEDED =
      List.of("bps", "bps_rd", "bps_wr", "iops", "iops_rd", "iops_wr");

  private static final Map<String, String> DIRECTIONS =
      Map.of("total", "", "read", "_rd", "write", "_wr");

  private DiskThrottling() {}

  /**
   * Sets the limits of a disk.
   *
   * @param device the id of the disk's device, or its place in QEMU's tree of objects
   * @param limits by libvirt's names, as in {@code read_iops_sec_max}; what is not there is not
   *     limited
   * @param group the disks that share the limits; null for the disk alone
   */
  public static QmpCommand<QmpCommand.EmptyReply> set(
      String device, Map<String, Long> limits, @Nullable String group) {
    Map<String, Object> arguments = new HashMap<>();
    arguments.put("id", device);
    NEEDED.forEach(name -> arguments.put(name, 0L));
    limits.forEach(
        (name, limit) -> {
          if (limit > 0) {
            arguments.put(argument(name), limit);
          }
        });
    if (group != null) {
      arguments.put("group", group);
    }
    return QmpCommand.change("block_set_io_throttle", arguments);
  }

  /** QEMU's name of a limit: {@code iops_rd_max} of {@code read_iops_sec_max}. */
  private static String argument(String limit) {
    if (limit.equals("size_iops_sec")) {
      return "iops_size";
    }
    int cut = limit.indexOf('_');
    String rest = limit.substring(cut + 1);
    String unit = rest.startsWith("bytes") ? "bps" : "iops";
    return unit
        + DIRECTIONS.getOrDefault(limit.substring(0, cut), "")
        + rest.substring(rest.indexOf("_sec") + "_sec".length());
  }
}
