package io.drover.gateway.operation;

import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.OperationId;
import io.drover.gateway.operation.model.Operation;
import io.drover.gateway.request.PageRequest;
import java.time.DateTimeException;
import java.time.Instant;

/** Where a page of operations goes on: newest first, so after this time and id. */
public record OperationPosition(Instant createdAt, OperationId id) {
  static String of(Operation operation) {
    return operation.createdAt() + "/" + operation.id();
  }

  static OperationPosition parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw PageRequest.badToken();
    }
    try {
      return new OperationPosition(
          Instant.parse(text.substring(0, slash)), OperationId.parse(text.substring(slash + 1)));
    } catch (DateTimeException | ProblemException e) {
      throw PageRequest.badToken();
    }
  }
}
