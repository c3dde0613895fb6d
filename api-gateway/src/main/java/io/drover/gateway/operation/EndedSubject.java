package io.drover.gateway.operation;

import io.drover.contracts.error.Problem;
import io.drover.contracts.event.OperationKind.SubjectKind;
import io.drover.gateway.operation.model.Operation;
import java.util.Optional;

/** What an operation is on, where the gateway itself has ended the operation. */
public interface EndedSubject {
  /** What these are. */
  SubjectKind kind();

  /**
   * No event will end the operation, and what has become of it is not known: the subject is to be
   * such that one can ask again. Within the caller's transaction.
   *
   * @return whether something of it is known to run
   */
  boolean givenUp(Operation operation, Problem problem);

  /**
   * Why the operation has no end, as far as that is known, and what becomes of it: one or more
   * sentences. Within the caller's transaction.
   */
  default Optional<String> outlook(Operation operation) {
    return Optional.empty();
  }
}
