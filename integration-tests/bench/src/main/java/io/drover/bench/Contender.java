package io.drover.bench;

import java.io.IOException;
import java.util.Map;

/** One way to start the same domain. Used by one thread. */
interface Contender extends AutoCloseable {
  /** As in {@code driver library}. */
  String name();

  /** What the clock covers, for the legend. */
  String covers();

  /**
   * Starts a domain and removes it again.
   *
   * @return how long the start took; the removal is not in it
   */
  Run run(int number) throws IOException, InterruptedException;

  /** Removes everything that was made. */
  @Override
  void close();

  /**
   * One start.
   *
   * @param micros the whole, in microseconds
   * @param steps its parts in their order, in microseconds; empty when they are not known
   */
  record Run(long micros, Map<String, Long> steps) {}
}
