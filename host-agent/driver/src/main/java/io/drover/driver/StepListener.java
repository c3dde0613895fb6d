package io.drover.driver;

import java.time.Duration;
import java.time.Instant;

/** Hears of the steps of a start, on the thread that called it. */
@FunctionalInterface
public interface StepListener {
  /** The steps, in their order: their names are part of the events' contract. */
  enum Step {
    FETCH_KEYS("fetch-keys"),
    BUILD_ARGV("build-argv"),
    SPAWN_QEMU("spawn-qemu"),
    CONNECT_QMP("connect-qmp"),
    START_CPUS("start-cpus");

    private final String stepName;

    Step(String stepName) {
      this.stepName = stepName;
    }

    public String stepName() {
      return stepName;
    }
  }

  /**
   * A step has succeeded; a failed one is told by the exception of the start.
   *
   * @param startedAt by the driver's clock
   * @param duration by its monotonic ticker
   */
  void stepDone(Step step, Instant startedAt, Duration duration);

  /** Hears nothing. */
  static StepListener none() {
    return (step, startedAt, duration) -> {};
  }
}
