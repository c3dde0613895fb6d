package io.drover.gateway.operation;

import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.OperationId;
import io.drover.gateway.operation.model.Operation;
import io.drover.gateway.request.PageRequest;
import java.time.DateTimeException;
import java.time.Instant;

/** Where a page of operations continues: newest first, so after this time and id. */
public record OperationPosition(Instant createdAt, OperationId id) {
  /** What PostgreSQL can compare with ends before what an Instant can be. */
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  static String of(Operation operation) {
    return operation.createdAt() + "/" + operation.id();
  }

  static OperationPosition parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw PageRequest.badToken();
    }
    try {
      Instant createdAt = Instant.parse(text.substring(0, slash));
      if (createdAt.isBefore(Instant.EPOCH) || createdAt.isAfter(LAST)) {
        throw PageRequest.badToken();
      }
      return new OperationPosition(createdAt, OperationId.parse(text.substring(slash + 1)));
    } catch (DateTimeException | ProblemException e) {
      throw PageRequest.badToken();
    }
  }
}
