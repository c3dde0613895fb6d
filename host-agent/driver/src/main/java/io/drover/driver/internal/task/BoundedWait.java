package io.drover.driver.internal.task;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what another thread does, always with a deadline. */
public final class BoundedWait {
  private BoundedWait() {}

  /** The result; empty when the deadline passes first. */
  public static <T> Optional<T> within(Duration deadline, CompletableFuture<T> result) {
    try {
      return Optional.of(result.get(deadline.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(ErrorCode.UNAVAILABLE, "The call was interrupted.", e);
    }
  }
}
