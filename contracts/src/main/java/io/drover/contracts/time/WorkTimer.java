package io.drover.contracts.time;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries out recurring work by the monotonic clock: a step of the machine's time of day neither
 * repeats nor delays it. (A timer that compares times of day would stand still after a step back,
 * for as long as the step.) Thread-safe.
 */
public final class WorkTimer implements AutoCloseable {
  private static final int THREADS = 4;

  /** EX_TEMPFAIL of sysexits.h. */
  private static final int CLOCK_SET_BACK = 75;

  private final ScheduledThreadPoolExecutor threads;
  private final BiConsumer<RecurringWork, RuntimeException> failed;

  /**
   * @param failed is told what a run has thrown
   */
  public WorkTimer(BiConsumer<RecurringWork, RuntimeException> failed) {
    this.failed = failed;
    this.threads =
        new ScheduledThreadPoolExecutor(
            THREADS,
            run -> {
              Thread thread = new Thread(run, "recurring-work");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * The timer of a whole process, which it ends when the machine's clock is set back, for its
   * supervisor to start it again: Kafka's clients would wait for as long as the step.
   *
   * @param errors is given the text and the cause of what failed, as {@code LOG::error}; no cause
   *     where nothing was thrown
   * @param exit ends the process with a status
   */
  public static WorkTimer ofProcess(
      TimeSource machine, BiConsumer<String, @Nullable Throwable> errors, IntConsumer exit) {
    WorkTimer timer =
        new WorkTimer(
            (work, problem) ->
                errors.accept(
                    "A run of %s failed; the next one begins in %s"
                        .formatted(work.name(), work.pause()),
                    problem));
    timer.begin(
        new ClockStepWatch(
            machine,
            back -> {
              errors.accept(
                  ("The clock of this machine was set back by %d s; Kafka's clients would wait for"
                          + " as long, so this process ends with status %d: start it again")
                      .formatted(back.toSeconds(), CLOCK_SET_BACK),
                  null);
              exit.accept(CLOCK_SET_BACK);
            }));
    return timer;
  }

  /** Begins work, which is repeated until the timer is closed. */
  public void begin(RecurringWork work) {
    long pause = work.pause().toNanos();
    threads.scheduleWithFixedDelay(
        () -> run(work), work.atStart() ? 0 : pause, pause, TimeUnit.NANOSECONDS);
  }

  /** A failure would end all later runs, so it may not leave this method. */
  private void run(RecurringWork work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      failed.accept(work, e);
    }
  }

  /** Ends all work; a run that has begun is interrupted and not waited for. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
