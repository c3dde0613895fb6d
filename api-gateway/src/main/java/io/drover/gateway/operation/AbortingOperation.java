package io.drover.gateway.operation;

import io.drover.contracts.command.AbortOperation;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.event.OperationKind;
import io.drover.contracts.id.OperationId;
import io.drover.contracts.id.ProjectId;
import io.drover.gateway.operation.model.LivePart;
import io.drover.gateway.operation.model.Operation;
import io.drover.gateway.outbox.Outbox;
import io.drover.gateway.request.Mutation;
import io.drover.gateway.request.ResourceNames;
import jakarta.enterprise.context.ApplicationScoped;

/** Asks for the end of a long operation on a running domain. */
@ApplicationScoped
class AbortingOperation {
  private final Operations operations;
  private final AcceptingOperation accepting;
  private final Outbox outbox;

  AbortingOperation(Operations operations, AcceptingOperation accepting, Outbox outbox) {
    this.operations = operations;
    this.accepting = accepting;
    this.outbox = outbox;
  }

  /** Within the caller's transaction. The aborted operation ends by an event of its own. */
  Operation abort(ProjectId project, OperationId id, Mutation mutation) {
    Operation aborted =
        operations
            .find(project, id)
            .orElseThrow(() -> ResourceNames.missing("operation", id.toString()));
    requireAbortable(aborted);
    Operation operation =
        accepting.accept(
            new AcceptingOperation.Request(
                OperationKind.ABORT_OPERATION,
                project,
                aborted.subject(),
                aborted.name(),
                mutation));
    outbox.command(new AbortOperation(accepting.header(operation, mutation), id));
    return operation;
  }

  private static void requireAbortable(Operation operation) {
    LivePart live = operation.live();
    if (live == null || !live.abortable()) {
      throw new ProblemException(
          ErrorCode.INVALID_STATE,
          "The operation "
              + operation.id()
              + " ("
              + (live == null ? operation.kind() : live.operation())
              + ") cannot be aborted; only a long one on a running domain can, as blockcopy.");
    }
    if (operation.state() != Operation.State.RUNNING) {
      throw new ProblemException(
          ErrorCode.INVALID_STATE,
          "The operation " + operation.id() + " has ended already: " + operation.state() + ".");
    }
  }
}
