package io.drover.scheduler.placement;

import io.drover.contracts.command.AdministerHost;
import io.drover.contracts.command.Cause;
import io.drover.contracts.command.CommandHeader;
import io.drover.contracts.command.HostAction;
import io.drover.contracts.command.PlaceDomain;
import io.drover.contracts.command.PlaceVolume;
import io.drover.contracts.command.Resources;
import io.drover.contracts.command.SchedulerCommand;
import io.drover.contracts.command.VolumeAttachment;
import io.drover.contracts.event.Event;
import io.drover.contracts.id.CommandId;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.OperationId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.EventSource;
import io.drover.contracts.report.HostReport;
import io.drover.scheduler.RememberingSender;
import io.drover.scheduler.TestHosts;
import io.drover.scheduler.TestLedger;
import io.drover.scheduler.claim.Claiming;
import io.drover.scheduler.ledger.HostSnapshot;
import io.drover.scheduler.ledger.Hosts;
import io.drover.scheduler.ledger.Ledger;
import io.drover.scheduler.ledger.Snapshots;
import io.drover.scheduler.ledger.model.Host;
import io.drover.scheduler.ledger.model.HostStanding;
import io.drover.scheduler.ledger.model.ReportedFacts;
import io.drover.scheduler.ledger.model.Subject;
import io.drover.scheduler.ledger.store.Ledgers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The scheduler's use cases over a real database, with a clock and a way out that a test owns. */
final class Stage {
  static final ProjectId PROJECT = new ProjectId(new UUID(2, 2));
  final RememberingSender sender = new RememberingSender();
  final Ledger ledger;
  final HostSnapshot snapshot = Snapshots.empty();
  final Claiming claiming;
  volatile Instant now = TestHosts.NOW;
  final CommandProcessor answering;
  final WaitingPlacementSweep waiting;
  private long names;

  Stage() {
    this(Ledgers.empty());
  }

  Stage(Ledger ledger) {
    this(ledger, Map.of());
  }

  Stage(Ledger ledger, Map<String, String> set) {
    this.ledger = ledger;
    InstantSource clock = () -> now;
    this.claiming = new Claiming(ledger, snapshot, sender, clock);
    var settings = TestLedger.settings(set);
    this.answering =
        new CommandProcessor(
            ledger,
            sender,
            claiming.ends,
            clock,
            System::nanoTime,
            settings,
            new CommandAnswers(
                new PlacingDomain(snapshot, System::nanoTime, settings),
                new PlacingVolume(snapshot, System::nanoTime, settings),
                new ForwardingCommand(),
                new AdmittingHost(snapshot, settings)));
    this.waiting = new WaitingPlacementSweep(ledger, answering, clock);
  }

  /** A host whose clock is right reports. */
  void report(HostReport report) {
    report(report, report.at());
  }

  /** A host reports, as RegisteringHost would take it. */
  void report(HostReport report, Instant seenAt) {
    report(report, seenAt, false);
  }

  /** A host reports whose topic has commands behind what it has taken, or none. */
  void report(HostReport report, Instant seenAt, boolean commandsWait) {
    Host host =
        new Host(
            report.hostId(),
            report.name(),
            report.epoch(),
            report.sequence(),
            seenAt,
            report.vcpus(),
            report.memoryMib(),
            report.disk() == null
                ? new Host.DiskLedger(0, 0, 0)
                : new Host.DiskLedger(report.disk().totalBytes(), report.disk().freeBytes(), 0),
            Set.of("tcg"),
            report.isolation() == null ? null : report.isolation().reason(),
            "http://127.0.0.1:8083",
            1,
            0,
            0,
            Duration.between(seenAt, report.at()).toMillis(),
            HostStanding.good(seenAt));
    Hosts.FurtherFacts told =
        new Hosts.FurtherFacts(
            new ReportedFacts(
                report.accelerators(), report.emulatorVersion(), report.domains().size()),
            report.intake().next(),
            commandsWait);
    Host known = ledger.inTransaction(session -> session.hosts().report(host, told));
    snapshot.note(known);
    if (known.isRemoved()) {
      claiming.reconciling.reconcileRemoved(report);
    } else {
      claiming.reconciling.reconcile(report, seenAt);
    }
  }

  void command(SchedulerCommand command) {
    answering.answer(
        new Envelope<>(
            command.header().id().value(),
            EventSource.GATEWAY.uri(),
            command.header().subject().toString(),
            now,
            0,
            0,
            PROJECT,
            command.header().operationId(),
            0,
            command));
  }

  /** The host where the subject was placed last says something. */
  void event(UUID subject, long generation, Event event) {
    event(UUID.randomUUID(), hostOf(subject), subject, generation, event);
  }

  private HostId hostOf(UUID subject) {
    return ledger
        .inTransaction(session -> session.subjects().lockKnown(subject))
        .flatMap(Subject::lastHost)
        .orElseThrow();
  }

  /** The same as a part of an operation. */
  void event(UUID subject, long generation, OperationId operation, Event event) {
    event(UUID.randomUUID(), hostOf(subject), subject, generation, operation, event);
  }

  void event(UUID id, HostId speaker, UUID subject, long generation, Event event) {
    event(id, speaker, subject, generation, new OperationId(new UUID(3, ++names)), event);
  }

  private void event(
      UUID id, HostId speaker, UUID subject, long generation, OperationId operation, Event event) {
    claiming.follow(
        new Envelope<>(
            id,
            EventSource.hostAgent(speaker).uri(),
            subject.toString(),
            now,
            1,
            1,
            PROJECT,
            operation,
            generation,
            event));
  }

  /** An operator does something to a host. */
  void administer(String host, HostAction action, boolean force) {
    CommandHeader asked = header(TestHosts.id(host).value());
    command(
        new AdministerHost(
            new CommandHeader(
                asked.id(),
                asked.operationId(),
                ProjectId.NONE,
                asked.subject(),
                0,
                0,
                asked.expiresAt(),
                asked.cause(),
                true),
            action,
            "it smells of smoke",
            force));
  }

  CommandHeader header(UUID subject) {
    return new CommandHeader(
        new CommandId(UUID.randomUUID()),
        new OperationId(UUID.randomUUID()),
        PROJECT,
        subject,
        0,
        0,
        now.plus(Duration.ofHours(1)),
        new Cause("alice", "test"),
        false);
  }

  PlaceDomain place(UUID domain, int vcpus, VolumeAttachment... volumes) {
    return new PlaceDomain(
        header(domain),
        "vm",
        TestHosts.DEFINITION,
        new Resources(vcpus, vcpus * 1024L),
        List.of(volumes),
        null);
  }

  PlaceVolume placeVolume(UUID volume) {
    return placeVolume(volume, null);
  }

  PlaceVolume placeVolume(UUID volume, @Nullable UUID near) {
    return new PlaceVolume(header(volume), "root", 1 << 30, "qcow2", null, null, near);
  }

  Host host(String name) {
    return ledger.inTransaction(session -> session.hosts().find(TestHosts.id(name))).orElseThrow();
  }

  int usedVcpus(String host) {
    return ledger
        .inTransaction(session -> session.hosts().find(TestHosts.id(host)))
        .orElseThrow()
        .usedVcpus();
  }
}
