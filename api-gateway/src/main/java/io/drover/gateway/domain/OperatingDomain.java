package io.drover.gateway.domain;

import io.drover.contracts.command.OperateDomain;
import io.drover.contracts.command.VolumeAttachment;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.event.OperationKind;
import io.drover.contracts.event.OperationKind.Effect;
import io.drover.contracts.event.OperationSucceeded;
import io.drover.contracts.id.SubjectId;
import io.drover.contracts.message.EventSubject;
import io.drover.contracts.operation.LiveOperation;
import io.drover.contracts.operation.LiveResult;
import io.drover.contracts.operation.ResizeDisk;
import io.drover.gateway.config.GatewayConfig;
import io.drover.gateway.domain.model.DefinitionPair;
import io.drover.gateway.domain.model.DomainPhase;
import io.drover.gateway.domain.model.TenantDomain;
import io.drover.gateway.operation.AcceptingOperation;
import io.drover.gateway.operation.Operations;
import io.drover.gateway.operation.model.LivePart;
import io.drover.gateway.operation.model.Operation;
import io.drover.gateway.operation.model.OperationOutcome;
import io.drover.gateway.outbox.Outbox;
import io.drover.gateway.request.Mutation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Accepts an operation on a domain, whichever it is: who may, in which state, with which volumes.
 * What is asked of the running domain goes to its host; what is asked of the next start alone is
 * done here.
 */
@ApplicationScoped
class OperatingDomain {
  private static final Logger LOG = Logger.getLogger(OperatingDomain.class);

  private final DomainVolumes volumes;
  private final RedefiningDomain redefining;
  private final DomainStatePublisher publishing;
  private final Operations operations;
  private final AcceptingOperation accepting;
  private final Outbox outbox;
  private final long maxVolumeBytes;

  OperatingDomain(
      DomainVolumes volumes,
      RedefiningDomain redefining,
      DomainStatePublisher publishing,
      Operations operations,
      AcceptingOperation accepting,
      Outbox outbox,
      GatewayConfig config) {
    this.volumes = volumes;
    this.redefining = redefining;
    this.publishing = publishing;
    this.operations = operations;
    this.accepting = accepting;
    this.outbox = outbox;
    this.maxVolumeBytes = config.maxVolumeBytes();
  }

  /** Fails with {@code FORBIDDEN_FOR_TENANTS} when only an operator may ask for it. */
  void requireAllowed(LiveOperation<?> asked, boolean operator) {
    List<Problem.Fault> faults = operator ? List.of() : asked.beyondTenants();
    if (!faults.isEmpty()) {
      throw new ProblemException(
          ErrorCode.FORBIDDEN_FOR_TENANTS,
          "The operation "
              + asked.name()
              + " asks for "
              + faults.size()
              + " thing(s) of the host that only an operator may ask for; errors names each.",
          faults);
    }
    if (asked instanceof ResizeDisk resize && resize.sizeBytes() > maxVolumeBytes) {
      throw new ProblemException(
          ErrorCode.LIMIT_EXCEEDED,
          "The size of "
              + resize.sizeBytes()
              + " bytes is more than "
              + maxVolumeBytes
              + "; ask for less.");
    }
  }

  /** Within the caller's transaction, with the domain locked. */
  Operation operate(TenantDomain domain, LiveOperation<?> asked, Mutation mutation) {
    List<Operation> open = operations.open(domain.id().value());
    requireState(domain, asked, open);
    DefinitionPair before = afterThoseUnderWay(domain, open);
    before.after(asked);
    List<VolumeAttachment> attachments = volumes.reserve(domain, before, asked);
    Operation operation =
        accepting.accept(
            new AcceptingOperation.Request(
                OperationKind.OPERATE_DOMAIN,
                domain.projectId(),
                domain.id().value(),
                domain.name(),
                mutation,
                asked,
                growthBytes(domain, asked)));
    if (!asked.applies().live()) {
      return ended(domain, asked, operation, mutation);
    }
    outbox.command(
        new OperateDomain(accepting.header(operation, mutation), asked.live(), attachments));
    return operation;
  }

  private long growthBytes(TenantDomain domain, LiveOperation<?> asked) {
    return asked instanceof ResizeDisk resize
        ? volumes
            .behind(domain, resize.target())
            .map(volume -> Math.max(0, resize.sizeBytes() - volume.sizeBytes()))
            .orElse(0L)
        : 0;
  }

  private static void requireState(
      TenantDomain domain, LiveOperation<?> asked, List<Operation> open) {
    boolean live = asked.applies().live();
    boolean runs = domain.phase() == DomainPhase.RUNNING;
    boolean starts =
        domain.phase() == DomainPhase.PLACED
            || open.stream().anyMatch(each -> each.kind().effect() == Effect.STARTS);
    boolean deleted = open.stream().anyMatch(each -> each.kind().effect() == Effect.DELETES);
    if (deleted || (live ? !runs : starts)) {
      throw new ProblemException(
          ErrorCode.INVALID_STATE,
          "The domain \""
              + domain.name()
              + "\" is "
              + (deleted ? "being deleted" : domain.phase())
              + "; "
              + asked.name()
              + (live && !deleted ? " needs a RUNNING one." : " has to wait for the end of that."));
    }
  }

  /** Two operations that exclude each other must not both be accepted. */
  private static DefinitionPair afterThoseUnderWay(TenantDomain domain, List<Operation> open) {
    DefinitionPair definitions = domain.definitions();
    for (Operation each : open) {
      LivePart live = each.live();
      if (live != null) {
        try {
          definitions = definitions.after(live.request());
        } catch (ProblemException e) {
          LOG.debugf(
              "Operation %s is left out of the definition to come, it can only fail: %s",
              each.id(), e.problem().detail());
        }
      }
    }
    return definitions;
  }

  /** The persistent definition is the gateway's own. */
  private Operation ended(
      TenantDomain domain, LiveOperation<?> asked, Operation operation, Mutation mutation) {
    LiveResult result = asked.changedConfig();
    OperationOutcome outcome = OperationOutcome.succeeded(result);
    operations.finish(operation.id(), outcome, mutation.startedAt());
    TenantDomain changed = redefining.follow(domain, asked, result, false);
    volumes.settle(changed);
    outbox.event(
        new EventSubject(
            new SubjectId(operation.subject()),
            operation.projectId(),
            operation.id(),
            domain.state().generation()),
        new OperationSucceeded(asked.name(), result));
    publishing.publish(changed);
    return operation.ended(outcome, mutation.startedAt());
  }
}
