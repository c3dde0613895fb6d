package io.drover.driver;

import io.drover.contracts.operation.LiveResult;
import java.time.Duration;
import java.util.Optional;

/**
 * A submitted operation. Methods may be called from any thread.
 *
 * @param <R> what its success tells
 */
public interface OperationHandle<R extends LiveResult> {
  /** Of its job. */
  String id();

  /**
   * Waits for its end.
   *
   * @return the result, or empty when the deadline passed; the operation goes on then
   * @throws io.drover.contracts.error.ProblemException says why it failed; {@code UNAVAILABLE} when
   *     the driver was closed, and the next one goes on with it
   */
  Optional<R> await(Duration deadline);

  /** Its job as it is now, or as it was last. */
  JobInfo job();

  /**
   * Ends it: one that waits at once, one that runs as soon as it can.
   *
   * @throws io.drover.contracts.error.ProblemException {@code INVALID_STATE} when it cannot be
   *     aborted, {@code NOT_FOUND} when it has ended
   */
  void abort();
}
