package io.drover.driver.internal.operation;

import io.drover.contracts.operation.LiveResult;
import java.util.function.UnaryOperator;

/**
 * A success, and what it changes of what is journalled; both are journalled at once.
 *
 * @param result what it tells
 * @param change of the domain as it is at that moment: others may have changed it meanwhile
 * @param changes whether there is such a change
 */
public record OperationEnd<R extends LiveResult>(
    R result, UnaryOperator<RunningGuest.Live> change, boolean changes) {
  /** A success that changes what is journalled. */
  public OperationEnd(R result, UnaryOperator<RunningGuest.Live> change) {
    this(result, change, true);
  }

  /** A success that changes nothing of it. */
  public static <R extends LiveResult> OperationEnd<R> of(R result) {
    return new OperationEnd<>(result, UnaryOperator.identity(), false);
  }
}
