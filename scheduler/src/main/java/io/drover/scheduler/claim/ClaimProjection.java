package io.drover.scheduler.claim;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.contracts.event.CommandSuperseded;
import io.drover.contracts.event.DomainDeleted;
import io.drover.contracts.event.DomainFailed;
import io.drover.contracts.event.DomainStarted;
import io.drover.contracts.event.DomainStopped;
import io.drover.contracts.event.Event;
import io.drover.contracts.event.OperationSucceeded;
import io.drover.contracts.event.VolumeCreated;
import io.drover.contracts.event.VolumeDeleted;
import io.drover.contracts.event.VolumeFailed;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.OperationId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.EventSource;
import io.drover.contracts.message.MessageTypes;
import io.drover.contracts.message.Topics;
import io.drover.contracts.message.UntrustedRecord;
import io.drover.contracts.message.UntrustedRecordException;
import io.drover.contracts.operation.DiskResized;
import io.drover.scheduler.feed.RecordSender;
import io.drover.scheduler.ledger.HostSnapshot;
import io.drover.scheduler.ledger.Ledger;
import io.drover.scheduler.ledger.LedgerSession;
import io.drover.scheduler.ledger.OutcomeBuilder;
import io.drover.scheduler.ledger.model.Claim;
import io.drover.scheduler.ledger.model.Host;
import io.drover.scheduler.ledger.model.OutgoingRecord;
import io.drover.scheduler.ledger.model.Subject;
import io.drover.scheduler.ledger.model.VolumeBinding;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Keeps claims and volumes in step with what the hosts say. Each change compares the generation, so
 * an event that comes late or again changes nothing. Thread-safe; calls block.
 */
@ApplicationScoped
public class ClaimProjection {
  private static final Logger LOG = Logger.getLogger(ClaimProjection.class);

  private final Ledger ledger;
  private final HostSnapshot snapshot;
  private final RecordSender sender;
  private final ClaimReleaseSignal ends;
  private final InstantSource clock;
  private final MeterRegistry metrics;
  private final Map<Class<? extends Event>, Change> changes =
      Map.of(
          DomainStarted.class, this::started,
          DomainStopped.class, this::stopped,
          DomainFailed.class, this::failed,
          DomainDeleted.class, this::deleted,
          CommandSuperseded.class, this::superseded,
          OperationSucceeded.class, this::operated,
          VolumeCreated.class, this::volumeCreated,
          VolumeFailed.class, this::volumeFailed,
          VolumeDeleted.class, this::volumeDeleted);

  ClaimProjection(
      Ledger ledger,
      HostSnapshot snapshot,
      RecordSender sender,
      ClaimReleaseSignal ends,
      InstantSource clock,
      MeterRegistry metrics) {
    this.ledger = ledger;
    this.snapshot = snapshot;
    this.sender = sender;
    this.ends = ends;
    this.clock = clock;
    this.metrics = metrics;
  }

  /** What one kind of event changes, and what the scheduler says to it. */
  @FunctionalInterface
  private interface Change {
    List<OutgoingRecord> apply(LedgerSession session, Subject subject, Envelope<Object> envelope);
  }

  /** The CloudEvents types that change anything here. */
  Set<String> types() {
    return changes.keySet().stream().map(MessageTypes::of).collect(Collectors.toUnmodifiableSet());
  }

  void follow(Envelope<Object> envelope) {
    if (EventSource.SCHEDULER.published(envelope)) {
      return;
    }
    Change change = changes.get(envelope.data().getClass());
    if (change == null) {
      return;
    }
    UUID subject = UUID.fromString(envelope.subject());
    List<OutgoingRecord> records =
        ledger.inTransaction(
            session ->
                session
                    .subjects()
                    .lockKnown(subject)
                    .filter(known -> isOfItsHost(session, known, envelope))
                    .map(known -> change.apply(session, known, envelope))
                    .orElse(List.of()));
    sender.send(records);
    ends.announce(subject);
  }

  /** Only the host that has a subject can tell what became of it. */
  private boolean isOfItsHost(LedgerSession session, Subject subject, Envelope<Object> envelope) {
    boolean own =
        hostOf(session, subject)
            .map(EventSource::hostAgent)
            .filter(EventSource.of(envelope)::equals)
            .isPresent();
    if (!own && envelope.generation() >= subject.generation()) {
      refuse(envelope);
    }
    return own;
  }

  private static Optional<HostId> hostOf(LedgerSession session, Subject subject) {
    Optional<HostId> bound =
        subject.kind() == Subject.Kind.VOLUME
            ? session.volumes().find(subject.id()).map(VolumeBinding::hostId)
            : session.claims().find(subject.id()).map(Claim::hostId);
    return bound.or(subject::lastHost);
  }

  /** One of an older generation is only late; one of this generation is of another's claim. */
  private void refuse(Envelope<Object> envelope) {
    UntrustedRecord record =
        new UntrustedRecord(
            Topics.DOMAIN_EVENTS,
            "event " + envelope.id(),
            MessageTypes.of(envelope.data().getClass()),
            envelope.source().toString(),
            envelope.subject(),
            UntrustedRecordException.Reason.CLAIM,
            "generation "
                + envelope.generation()
                + " is not on that host; look for a host that writes what is not its own.");
    LOG.warn(record.sentence());
    Counter.builder(UntrustedRecord.METRIC)
        .description(UntrustedRecord.DESCRIPTION)
        .tags(record.tags())
        .register(metrics)
        .increment();
  }

  private List<OutgoingRecord> started(
      LedgerSession session, Subject domain, Envelope<Object> envelope) {
    session
        .claims()
        .changeState(domain.id(), envelope.generation(), Claim.State.RUNNING, clock.instant());
    return List.of();
  }

  private List<OutgoingRecord> stopped(
      LedgerSession session, Subject domain, Envelope<Object> envelope) {
    free(session, domain.id(), envelope.generation());
    return List.of();
  }

  private List<OutgoingRecord> failed(
      LedgerSession session, Subject domain, Envelope<Object> envelope) {
    OperationId operation = envelope.operationId();
    if (!((DomainFailed) envelope.data()).running()) {
      free(session, domain.id(), envelope.generation());
    } else if (operation != null) {
      session.claims().stopRefused(domain.id(), operation);
    }
    return List.of();
  }

  private List<OutgoingRecord> deleted(
      LedgerSession session, Subject domain, Envelope<Object> envelope) {
    free(session, domain.id(), envelope.generation());
    session.subjects().deleted(domain.id(), clock.instant());
    return List.of();
  }

  /** A host can tell this of its own volumes alone. */
  private List<OutgoingRecord> operated(
      LedgerSession session, Subject domain, Envelope<Object> envelope) {
    if (((OperationSucceeded) envelope.data()).result() instanceof DiskResized resized
        && resized.volumeId() != null) {
      UUID volume = resized.volumeId().value();
      hostOf(session, domain)
          .ifPresent(host -> session.volumes().grown(volume, host, resized.sizeBytes()));
    }
    return List.of();
  }

  /**
   * A refused start frees nothing yet: the command may be the replay of one that was carried out
   * before the agent restarted. The host's next report decides.
   */
  private List<OutgoingRecord> superseded(
      LedgerSession session, Subject subject, Envelope<Object> envelope) {
    CommandSuperseded refusal = (CommandSuperseded) envelope.data();
    Optional<List<OutgoingRecord>> stored = session.outcomes().find(envelope.id());
    if (stored.isPresent()) {
      return stored.get();
    }
    Optional<VolumeBinding> volume = session.volumes().find(subject.id());
    if (volume.isPresent()) {
      return volumeRefused(session, subject, volume.get(), refusal, envelope);
    }
    OperationId operation = envelope.operationId();
    if (operation != null) {
      session.claims().stopMissed(subject.id(), operation);
    }
    session
        .claims()
        .find(subject.id())
        .filter(claim -> claim.startCommand().equals(refusal.commandId()))
        .ifPresent(
            claim -> {
              LOG.infof(
                  "Host refused the start of domain=%s; the claim is decided by the host's next report",
                  subject.id());
              session
                  .claims()
                  .refused(
                      subject.id(),
                      claim.generation(),
                      new Claim.Refusal(
                          clock.instant(), // the host's own clock may be set back after it
                          new String(ContractJson.write(refusal.problem()), UTF_8)));
            });
    return List.of();
  }

  private List<OutgoingRecord> volumeRefused(
      LedgerSession session,
      Subject subject,
      VolumeBinding volume,
      CommandSuperseded refusal,
      Envelope<Object> envelope) {
    ProjectId project = envelope.projectId();
    if (project == null
        || volume.state() != VolumeBinding.State.CREATING
        || !volume.createCommand().equals(refusal.commandId())) {
      return List.of();
    }
    session.volumes().unbind(volume.volumeId());
    return new OutcomeBuilder(session, envelope.id(), subject, clock.instant())
        .event(
            project,
            envelope.operationId(),
            volume.generation(),
            new VolumeFailed(refusal.problem(), "create-volume"))
        .keep();
  }

  private List<OutgoingRecord> volumeCreated(
      LedgerSession session, Subject volume, Envelope<Object> envelope) {
    session.volumes().ready(volume.id(), envelope.generation());
    return List.of();
  }

  /** A volume whose creation failed is nowhere; one whose deletion failed is still there. */
  private List<OutgoingRecord> volumeFailed(
      LedgerSession session, Subject volume, Envelope<Object> envelope) {
    session
        .volumes()
        .find(volume.id())
        .filter(known -> known.state() == VolumeBinding.State.CREATING)
        .filter(known -> known.generation() == envelope.generation())
        .ifPresent(known -> session.volumes().unbind(volume.id()));
    return List.of();
  }

  private List<OutgoingRecord> volumeDeleted(
      LedgerSession session, Subject volume, Envelope<Object> envelope) {
    session.volumes().unbind(volume.id());
    session.subjects().deleted(volume.id(), clock.instant());
    return List.of();
  }

  private void free(LedgerSession session, UUID domain, long generation) {
    Optional<Host> host = session.claims().free(domain, generation);
    host.ifPresent(snapshot::note);
  }
}
