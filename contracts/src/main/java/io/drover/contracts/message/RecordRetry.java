package io.drover.contracts.message;

import io.drover.contracts.error.ProblemException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The one policy by which the consumers of topics try a record again: while a dependency is
 * unavailable indefinitely, each pause twice as long as the one before up to a limit; a failure of
 * the record's own a few times. What repeats is a library of the service. Thread-safe; calls block.
 */
public final class RecordRetry {
  /** For {@link Repeaters}: without end. */
  public static final int INDEFINITELY = -1;

  private final AtomicBoolean stopping = new AtomicBoolean();
  private final Consumer<Runnable> whileUnavailable;
  private final Consumer<Runnable> fewTimes;
  private final BiConsumer<String, RuntimeException> failed;

  /**
   * How often and when.
   *
   * @param firstPause before the first retry; each later one is twice as long
   * @param longestPause no pause is longer
   * @param attempts after this many failures that are the record's own it is given up
   */
  public record Limits(Duration firstPause, Duration longestPause, int attempts) {}

  /** Makes what runs a step again after failures of a kind. */
  @FunctionalInterface
  public interface Repeaters {
    /**
     * Runs a step, and again after each failure that is meant.
     *
     * @param retries how often again at most, or {@link #INDEFINITELY}
     * @param when the failures that are meant; any other is thrown at once, as the last one is
     */
    Consumer<Runnable> repeater(Limits limits, int retries, Predicate<Throwable> when);
  }

  /**
   * The policy for one service.
   *
   * @param unavailable whether a failure is that of a dependency, which passes
   * @param failed is called with the record's position and each failure, for the log
   */
  public RecordRetry(
      Limits limits,
      Predicate<Throwable> unavailable,
      Repeaters repeaters,
      BiConsumer<String, RuntimeException> failed) {
    this.failed = failed;
    this.whileUnavailable =
        repeaters.repeater(
            limits, INDEFINITELY, failure -> !stopping.get() && unavailable.test(failure));
    this.fewTimes =
        repeaters.repeater(
            limits,
            limits.attempts() - 1,
            failure ->
                !stopping.get()
                    && !unavailable.test(failure)
                    && !(failure instanceof ProblemException));
  }

  /** Ends all retries: the next failure is thrown. */
  public void stop() {
    stopping.set(true);
  }

  /** Whether the service stops: the record at hand must not be acknowledged, so it comes again. */
  public boolean isStopping() {
    return stopping.get();
  }

  /**
   * Runs the step until it succeeds.
   *
   * @param position where the record is in its topic, for the log
   * @throws RuntimeException the last failure, when the attempts are used up, the failure can never
   *     pass ({@link ProblemException}), or the service stops
   */
  public void untilDone(String position, Runnable step) {
    whileUnavailable.accept(() -> fewTimes.accept(() -> run(position, step)));
  }

  private void run(String position, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      failed.accept(position, e);
      throw e;
    }
  }
}
