package io.drover.bench;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
   * @param steps its parts in the order of their beginnings; empty when they are not known
   */
  record Run(long micros, Map<String, Span> steps) {}

  /**
   * A part of a start.
   *
   * @param from when it began, in microseconds after the whole began
   * @param to when it ended; the same for a moment
   */
  record Span(long from, long to) {
    long micros() {
      return to - from;
    }

    /** Of what a clock of this machine, which is not the ticker, says. */
    static Span between(Instant zero, Instant from, Instant to) {
      return new Span(zero.until(from, ChronoUnit.MICROS), zero.until(to, ChronoUnit.MICROS));
    }
  }
}
