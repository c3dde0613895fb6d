package io.drover.cli.shell;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The only place that lets time pass: between attempts, where there is no event to wait for. */
public final class Pause {
  private Pause() {}

  /** Waits; a pause of zero or less returns at once. */
  public static void of(Duration time) {
    try {
      if (new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new IllegalStateException("Nothing counts this latch down");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliFailure(ExitCode.FAILED, "Interrupted.");
    }
  }
}
