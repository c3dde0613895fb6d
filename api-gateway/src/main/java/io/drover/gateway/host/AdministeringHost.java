package io.drover.gateway.host;

import io.drover.contracts.command.AdministerHost;
import io.drover.contracts.command.HostAction;
import io.drover.contracts.event.OperationKind;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.report.HostState;
import io.drover.gateway.operation.AcceptingOperation;
import io.drover.gateway.operation.model.Operation;
import io.drover.gateway.outbox.Outbox;
import io.drover.gateway.request.Mutation;
import jakarta.enterprise.context.ApplicationScoped;

/** Asks the scheduler to disable, enable or remove a host; it may refuse. */
@ApplicationScoped
class AdministeringHost {
  private final AcceptingOperation accepting;
  private final Outbox outbox;

  AdministeringHost(AcceptingOperation accepting, Outbox outbox) {
    this.accepting = accepting;
    this.outbox = outbox;
  }

  /**
   * Within the caller's transaction.
   *
   * @param reason empty when none is needed
   */
  Operation ask(
      HostState host, HostAction action, String reason, boolean force, Mutation mutation) {
    Operation operation =
        accepting.accept(
            new AcceptingOperation.Request(
                kind(action), ProjectId.NONE, host.hostId().value(), host.name(), mutation));
    outbox.command(
        new AdministerHost(accepting.header(operation, mutation), action, reason, force));
    return operation;
  }

  private static OperationKind kind(HostAction action) {
    return switch (action) {
      case DISABLE -> OperationKind.DISABLE_HOST;
      case ENABLE -> OperationKind.ENABLE_HOST;
      case REMOVE -> OperationKind.REMOVE_HOST;
    };
  }
}
