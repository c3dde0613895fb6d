package io.drover.gateway.feed.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The records of a partition that this gateway's group has read and its database does not have.
 *
 * @param begin the first offset
 * @param end the offset behind the last
 */
public record ReplayRange(long begin, long end) {
  /**
   * What is known of a partition.
   *
   * @param kept up to where the database has its records; null when it was never kept
   * @param read up to where the group has read, which it does not read again; null when it reads
   *     all
   * @param oldest the first offset that there still is
   * @param next the offset of the next record
   */
  public record Partition(@Nullable Long kept, @Nullable Long read, long oldest, long next) {}

  /**
   * The range; empty when there is none.
   *
   * @param neverKept what a database without a position has: all that the group has read, or
   *     nothing of it
   */
  public static Optional<ReplayRange> of(Partition partition, NeverKept neverKept) {
    Long read = partition.read();
    Long kept = partition.kept();
    boolean recreated = kept != null && kept > partition.next();
    if (read == null || recreated || kept == null && neverKept == NeverKept.HAS_ALL) {
      return Optional.empty();
    }
    long begin = Math.max(kept == null ? 0 : kept, partition.oldest());
    long end = Math.min(read, partition.next());
    return begin < end ? Optional.of(new ReplayRange(begin, end)) : Optional.empty();
  }

  /** What a database without a position has of a partition. */
  public enum NeverKept {
    /** It is of a version that kept no positions. */
    HAS_ALL,
    /** It was recreated. */
    HAS_NOTHING
  }
}
