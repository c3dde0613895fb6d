package io.drover.gateway.feed.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Records of a partition that a restored database may have forgotten.
 *
 * @param begin the first offset
 * @param end the offset behind the last
 */
public record ReplayRange(long begin, long end) {
  /**
   * What is known of a partition.
   *
   * @param kept up to where the database has its records; null when it was never kept
   * @param read up to where the group has read, which it does not read again
   * @param oldest the first offset that there still is
   * @param next the offset of the next record
   */
  public record Partition(@Nullable Long kept, long read, long oldest, long next) {
    /** Whether the topic was recreated since: what it has, the group reads. */
    boolean recreated() {
      return kept != null && kept > next;
    }
  }

  /** What a database without a position has of a partition. */
  public enum NeverKept {
    /** It is of a version that kept no positions. */
    HAS_ALL,
    /** It is a new one. */
    HAS_NOTHING
  }

  /**
   * What the group has read and the database does not have; empty when there is none.
   *
   * @param neverKept what a database without a position has of what the group has read
   */
  public static Optional<ReplayRange> read(Partition partition, NeverKept neverKept) {
    Long kept = partition.kept();
    if (partition.recreated() || kept == null && neverKept == NeverKept.HAS_ALL) {
      return Optional.empty();
    }
    return range(
        Math.max(kept == null ? 0 : kept, partition.oldest()),
        Math.min(partition.read(), partition.next()));
  }

  /** What the group has not read, or not said so, and reads later; empty when there is none. */
  public static Optional<ReplayRange> unread(Partition partition) {
    Long kept = partition.kept();
    long begin = Math.max(partition.read(), partition.oldest());
    return partition.recreated()
        ? Optional.empty()
        : range(kept == null ? begin : Math.max(begin, kept), partition.next());
  }

  private static Optional<ReplayRange> range(long begin, long end) {
    return begin < end ? Optional.of(new ReplayRange(begin, end)) : Optional.empty();
  }
}
