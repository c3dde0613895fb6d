package io.drover.contracts.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.drover.contracts.operation.LiveOperation;
import org.jspecify.annotations.Nullable;

/**
 * The gateway has accepted a mutation; its operation begins.
 *
 * @param request what is to be done to a running domain; null for every other kind, and for keys
 *     that are sent to it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OperationAccepted(OperationKind kind, String name, @Nullable LiveOperation<?> request)
    implements Event {
  public OperationAccepted(OperationKind kind, String name) {
    this(kind, name, null);
  }
}
