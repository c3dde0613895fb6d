package io.drover.contracts.time;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Sees when the machine's time of day is set back. Libraries that reckon by it, Kafka's clients
 * among them, then wait for as long as the step: they renew no metadata, and do not connect again.
 * A process that is started again does not know the other time. For one thread.
 */
public final class ClockStepWatch implements RecurringWork {
  private static final Duration EVERY = Duration.ofSeconds(1);

  /** What libraries may stand still without harm. */
  private static final Duration HARMLESS = Duration.ofSeconds(10);

  private final TimeSource machine;
  private final Consumer<Duration> setBack;

  /** The time of day at the zero of the monotonic clock, which is the same until a step. */
  private Instant zero;

  /**
   * @param setBack is told each step back by more than 10 s
   */
  public ClockStepWatch(TimeSource machine, Consumer<Duration> setBack) {
    this.machine = machine;
    this.setBack = setBack;
    this.zero = machine.instant().minusNanos(machine.nanos());
  }

  @Override
  public String name() {
    return "clock-step-watch";
  }

  @Override
  public Duration pause() {
    return EVERY;
  }

  @Override
  public void run() {
    Instant now = machine.instant().minusNanos(machine.nanos());
    Duration back = Duration.between(now, zero);
    zero = now;
    if (back.compareTo(HARMLESS) > 0) {
      setBack.accept(back);
    }
  }
}
