package io.drover.driver.internal.operation;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.operation.LiveOperation;
import io.drover.contracts.operation.LiveResult;

/**
 * Carries out one kind of operation. Its calls come when the operation may run, on a thread that
 * may wait.
 *
 * @param <O> the operation
 * @param <R> what its success tells
 */
public interface OperationHandler<O extends LiveOperation<R>, R extends LiveResult> {
  /** The operation that it carries out. */
  Class<O> operation();

  /** Whether it is journalled before {@link #handle}, so that {@link #resume} can follow a kill. */
  default boolean journalled() {
    return false;
  }

  /**
   * Carries it out.
   *
   * @throws ProblemException when it failed and nothing is changed; a handler that could not undo
   *     all it had done says so by {@link OperationRun#leaveHalfDone}
   */
  OperationEnd<R> handle(O operation, OperationRun run);

  /**
   * Finishes or undoes what is half done, as QEMU says it is; for those that are journalled.
   *
   * @throws ProblemException when it was undone
   */
  default OperationEnd<R> resume(O operation, OperationRun run) {
    throw new ProblemException(
        ErrorCode.UNAVAILABLE, "The driver was ended meanwhile; look at the domain and try again.");
  }
}
