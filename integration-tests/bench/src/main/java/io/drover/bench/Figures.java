package io.drover.bench;

import java.util.Arrays;
import java.util.Collection;

/** Order statistics of one contender, in microseconds. */
record Figures(int count, long min, long median, long p95, long max) {
  static Figures of(Collection<Long> micros) {
    if (micros.isEmpty()) {
      throw new IllegalArgumentException("There are no runs to sum up");
    }
    long[] sorted = micros.stream().mapToLong(Long::longValue).sorted().toArray();
    int last = sorted.length - 1;
    return new Figures(
        sorted.length, sorted[0], median(sorted), sorted[rank(sorted.length)], sorted[last]);
  }

  /** The nearest rank: the smallest value that at least 95 of 100 do not exceed. */
  private static int rank(int count) {
    return (int) Math.ceil(0.95 * count) - 1;
  }

  private static long median(long[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[middle]
        : Arrays.stream(sorted, middle - 1, middle + 1).sum() / 2;
  }

  /** How many times the other's median this median is. */
  double times(Figures other) {
    return (double) median / other.median;
  }
}
