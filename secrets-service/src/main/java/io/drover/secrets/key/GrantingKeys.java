package io.drover.secrets.key;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.event.CommandSuperseded;
import io.drover.contracts.event.DomainFailed;
import io.drover.contracts.event.DomainPlaced;
import io.drover.contracts.event.DomainStopped;
import io.drover.contracts.event.Event;
import io.drover.contracts.event.OperationFailed;
import io.drover.contracts.event.OperationForwarded;
import io.drover.contracts.event.OperationSucceeded;
import io.drover.contracts.event.VolumeCreated;
import io.drover.contracts.event.VolumeDeleted;
import io.drover.contracts.event.VolumeFailed;
import io.drover.contracts.event.VolumePlaced;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.KeyId;
import io.drover.contracts.id.OperationId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.id.SubjectId;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.EventSource;
import io.drover.contracts.message.UntrustedRecordException;
import io.drover.contracts.message.UntrustedRecordException.Reason;
import io.drover.secrets.audit.AuditEntry;
import io.drover.secrets.audit.AuditTrail;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the events of domains and volumes mean for keys. Each event may come again; the second time
 * changes nothing. The scheduler alone places; a host speaks for what was granted to it.
 */
@ApplicationScoped
class GrantingKeys {
  private final KeyVault vault;
  private final Grants grants;
  private final AuditTrail audit;

  GrantingKeys(KeyVault vault, Grants grants, AuditTrail audit) {
    this.vault = vault;
    this.grants = grants;
    this.audit = audit;
  }

  /** Applies one event and returns the keys that a host may fetch from now on. */
  @Transactional
  public List<KeyId> apply(Envelope<Object> envelope) {
    Claim claim = Claim.of(envelope);
    Object event = envelope.data();
    if (event instanceof VolumePlaced
        || event instanceof DomainPlaced
        || event instanceof OperationForwarded) {
      claim.requireScheduler();
    }
    if (event instanceof VolumePlaced placed && placed.keyId() != null) {
      return volumePlaced(claim, placed, placed.keyId());
    }
    if (event instanceof DomainPlaced placed) {
      return domainPlaced(claim, placed);
    }
    if (event instanceof OperationForwarded forwarded) {
      return grantAll(Claim.ofOperation(envelope), forwarded.hostId(), forwarded.keyIds());
    }
    if (endsTheClaim(event)) {
      revoke(claim);
    }
    if (endsTheOperation(event) && envelope.operationId() != null) {
      revoke(Claim.ofOperation(envelope));
    }
    if (event instanceof VolumeDeleted) {
      vault.keyOf(claim.subject()).ifPresent(key -> destroy(claim, key));
    }
    return List.of();
  }

  private void revoke(Claim claim) {
    if (claim.isByScheduler()) {
      grants.revokeUpTo(claim.subject(), claim.generation());
    } else {
      claim
          .speaker()
          .ifPresent(host -> grants.revokeUpTo(claim.subject(), claim.generation(), host));
    }
  }

  private static boolean endsTheOperation(Object event) {
    return event instanceof OperationSucceeded
        || event instanceof OperationFailed
        || event instanceof CommandSuperseded;
  }

  private static boolean endsTheClaim(Object event) {
    return event instanceof DomainStopped
        || event instanceof VolumeCreated
        || event instanceof VolumeFailed
        || (event instanceof DomainFailed failed && !failed.running());
  }

  private List<KeyId> volumePlaced(Claim claim, VolumePlaced placed, KeyId key) {
    ProjectId project = claim.requireProject();
    if (vault.create(key, project, claim.subject())) {
      audit.append(claim.entry("create", "done", key, null));
    }
    grants.revokeUpTo(claim.subject(), claim.generation() - 1);
    return grantAll(claim, placed.hostId(), List.of(key));
  }

  private List<KeyId> domainPlaced(Claim claim, DomainPlaced placed) {
    grants.revokeUpTo(claim.subject(), claim.generation() - 1);
    return grantAll(claim, placed.hostId(), placed.keyIds());
  }

  private List<KeyId> grantAll(Claim claim, HostId host, List<KeyId> keys) {
    if (grants.newerThan(claim.subject(), claim.generation())) {
      return List.of();
    }
    return keys.stream().filter(key -> grant(claim, host, key)).toList();
  }

  /** A key of another project is never granted, whatever a message says. */
  private boolean grant(Claim claim, HostId host, KeyId key) {
    Optional<ProjectId> owner = vault.projectOf(key);
    if (owner.isEmpty() || !owner.get().equals(claim.requireProject())) {
      audit.append(claim.entry("grant", "not a key of the project", key, host));
      return false;
    }
    if (grants.grant(key, claim.subject(), claim.generation(), host)) {
      audit.append(claim.entry("grant", "done", key, host));
    }
    return true;
  }

  private void destroy(Claim claim, KeyId key) {
    boolean ofItsHost =
        claim
            .speaker()
            .filter(host -> grants.wasGranted(key, claim.subject(), claim.generation(), host))
            .isPresent();
    if (!claim.isByScheduler() && !ofItsHost) {
      audit.append(claim.entry("destroy", "not the host of the volume", key, null));
      return;
    }
    if (vault.destroy(key)) {
      audit.append(claim.entry("destroy", "done", key, null));
    }
  }

  /** The part of an envelope that matters here. */
  private record Claim(
      UUID subject,
      long generation,
      @Nullable ProjectId project,
      EventSource source,
      String actor) {
    static Claim of(Envelope<Object> envelope) {
      Event event = (Event) envelope.data();
      return new Claim(
          SubjectId.parse(envelope.subject()).value(),
          envelope.generation(),
          envelope.projectId(),
          EventSource.of(envelope),
          event.getClass().getSimpleName() + " " + envelope.id());
    }

    /** What is granted for one operation alone: its id stands where a domain's or volume's does. */
    static Claim ofOperation(Envelope<Object> envelope) {
      OperationId operation = envelope.operationId();
      if (operation == null) {
        throw new ProblemException(
            ErrorCode.INVALID_REQUEST, "The event " + envelope.id() + " names no operation.");
      }
      Claim claim = of(envelope);
      return new Claim(
          operation.value(), claim.generation(), claim.project(), claim.source(), claim.actor());
    }

    boolean isByScheduler() {
      return source.equals(EventSource.SCHEDULER);
    }

    /** The host whose agent speaks; empty for every other part. */
    Optional<HostId> speaker() {
      return source.host();
    }

    void requireScheduler() {
      if (!isByScheduler()) {
        throw new UntrustedRecordException(
            Reason.SOURCE,
            actor
                + " came from "
                + source
                + "; only the scheduler places, so no key is granted. Look who may write this topic.");
      }
    }

    ProjectId requireProject() {
      if (project == null) {
        throw new ProblemException(
            ErrorCode.INVALID_REQUEST, "The event " + actor + " names no project.");
      }
      return project;
    }

    AuditEntry entry(String action, String outcome, KeyId key, @Nullable HostId host) {
      return new AuditEntry(action, outcome, key, subject, generation, host, null, actor);
    }
  }
}
