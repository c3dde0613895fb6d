package io.drover.driver.internal.operation;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.drover.contracts.operation.LiveOperation;

/** The name that an operation has everywhere. */
final class OperationNames {
  private OperationNames() {}

  static String of(LiveOperation<?> operation) {
    JsonTypeName name = operation.getClass().getAnnotation(JsonTypeName.class);
    return name == null ? operation.getClass().getSimpleName() : name.value();
  }
}
