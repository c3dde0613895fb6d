package io.drover.gateway.domain;

import io.drover.contracts.command.PlaceDomain;
import io.drover.contracts.command.VolumeAttachment;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.event.OperationKind;
import io.drover.gateway.domain.model.Desired;
import io.drover.gateway.domain.model.TenantDomain;
import io.drover.gateway.operation.AcceptingOperation;
import io.drover.gateway.operation.Operations;
import io.drover.gateway.operation.model.Operation;
import io.drover.gateway.outbox.Outbox;
import io.drover.gateway.request.Mutation;
import io.drover.gateway.volume.Volumes;
import io.drover.gateway.volume.model.Volume;
import io.drover.gateway.volume.model.VolumePhase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Asks for the start of a domain that does not run. */
@ApplicationScoped
class StartingDomain {
  private final Definitions definitions;
  private final Domains domains;
  private final Volumes volumes;
  private final Operations operations;
  private final AcceptingOperation accepting;
  private final Outbox outbox;

  StartingDomain(
      Definitions definitions,
      Domains domains,
      Volumes volumes,
      Operations operations,
      AcceptingOperation accepting,
      Outbox outbox) {
    this.definitions = definitions;
    this.domains = domains;
    this.volumes = volumes;
    this.operations = operations;
    this.accepting = accepting;
    this.outbox = outbox;
  }

  /** Within the caller's transaction, with the domain locked. */
  Operation start(TenantDomain domain, Mutation mutation) {
    if (!domain.phase().atRest()) {
      throw new ProblemException(
          ErrorCode.INVALID_STATE,
          "The domain \"" + domain.name() + "\" is " + domain.phase() + "; it is started already.");
    }
    Optional<Operation> open = operations.open(domain.id().value()).stream().findFirst();
    if (open.isPresent()) {
      throw new ProblemException(
          ErrorCode.INVALID_STATE,
          "The operation "
              + open.get().id()
              + " ("
              + open.get().kind()
              + ") on the domain \""
              + domain.name()
              + "\" is still running; wait for its end.");
    }
    TenantDomain wanted =
        domains.save(domain.withState(domain.state().withDesired(Desired.RUNNING)));
    return request(wanted, OperationKind.START_DOMAIN, mutation);
  }

  Operation request(TenantDomain domain, OperationKind kind, Mutation mutation) {
    requireVolumes(domain);
    Operation operation =
        accepting.accept(
            new AcceptingOperation.Request(
                kind, domain.projectId(), domain.id().value(), domain.name(), mutation));
    outbox.command(
        new PlaceDomain(
            accepting.header(operation, mutation, domain.operatorDefined()),
            domain.name(),
            domain.definition(),
            domain.resources(),
            domain.volumes(),
            definitions.requirements(domain.definition())));
    return operation;
  }

  private void requireVolumes(TenantDomain domain) {
    for (VolumeAttachment attachment : domain.volumes()) {
      Optional<Volume> volume = volumes.find(domain.projectId(), attachment.volumeId().toString());
      if (volume.isEmpty() || volume.get().phase() != VolumePhase.READY) {
        throw new ProblemException(
            ErrorCode.INVALID_STATE,
            "The volume \""
                + attachment.name()
                + "\" is "
                + volume.map(found -> found.phase().name()).orElse("gone")
                + ", not READY; wait for its operation.");
      }
    }
  }
}
