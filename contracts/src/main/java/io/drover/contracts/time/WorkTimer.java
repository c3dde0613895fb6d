package io.drover.contracts.time;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Carries out recurring work by the monotonic clock: a step of the machine's time of day neither
 * repeats nor delays it. (A timer that compares times of day would stand still after a step back,
 * for as long as the step.) Thread-safe.
 */
public final class WorkTimer implements AutoCloseable {
  private static final int THREADS = 4;

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
