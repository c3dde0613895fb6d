package io.drover.driver.internal.operation;

import io.drover.contracts.operation.LiveOperation;
import io.drover.contracts.operation.LiveResult;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which handler carries out which operation: exactly one for each. */
public final class OperationTable {
  private final Map<Class<?>, OperationHandler<?, ?>> handlers = new HashMap<>();

  /**
   * @throws IllegalArgumentException names the operations that have no handler, or two
   */
  public OperationTable(List<OperationHandler<?, ?>> handlers) {
    this(handlers, Set.copyOf(Arrays.asList(LiveOperation.class.getPermittedSubclasses())));
  }

  OperationTable(List<OperationHandler<?, ?>> handlers, Set<Class<?>> operations) {
    for (OperationHandler<?, ?> handler : handlers) {
      if (this.handlers.put(handler.operation(), handler) != null) {
        throw new IllegalArgumentException("Two handlers carry out " + handler.operation());
      }
    }
    Set<Class<?>> without = new HashSet<>(operations);
    without.removeAll(this.handlers.keySet());
    if (!without.isEmpty()) {
      throw new IllegalArgumentException("No handler carries out " + without);
    }
  }

  /** The handler of this operation. */
  @SuppressWarnings("unchecked") // the key is the class of what the handler takes
  <R extends LiveResult> OperationHandler<LiveOperation<R>, R> of(LiveOperation<R> operation) {
    OperationHandler<?, ?> handler = handlers.get(operation.getClass());
    if (handler == null) {
      throw new IllegalArgumentException("No handler carries out " + operation.getClass());
    }
    return (OperationHandler<LiveOperation<R>, R>) handler;
  }
}
