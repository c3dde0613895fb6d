package io.drover.scheduler.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.contracts.id.DerivedId;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.EventSource;
import io.drover.contracts.message.Topics;
import io.drover.contracts.report.HostReport.Isolation;
import io.drover.contracts.report.HostState;
import io.drover.contracts.time.RecurringWork;
import io.drover.scheduler.config.SchedulerSettings;
import io.drover.scheduler.feed.RecordSender;
import io.drover.scheduler.ledger.Ledger;
import io.drover.scheduler.ledger.LedgerSession;
import io.drover.scheduler.ledger.model.Host;
import io.drover.scheduler.ledger.model.HostListing;
import io.drover.scheduler.ledger.model.HostListing.Published;
import io.drover.scheduler.ledger.model.OutgoingRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * Keeps {@code drover.hosts} like the table of hosts: a record when something but the time of the
 * last report has changed, and from time to time while the host is up, so that readers know the age
 * of what they have. One scheduler publishes at a time. Thread-safe; calls block.
 */
@ApplicationScoped
class PublishingHosts implements RecurringWork {
  private static final Logger LOG = Logger.getLogger(PublishingHosts.class);
  private static final Duration EVERY = Duration.ofSeconds(1);

  /** Clocks and ways differ by so much anyway. */
  private static final long SKEW_SECONDS = 3;

  private final Ledger ledger;
  private final RecordSender sender;
  private final InstantSource clock;
  private final Duration downAfter;
  private final Duration recordEvery;

  PublishingHosts(
      Ledger ledger, RecordSender sender, InstantSource clock, SchedulerSettings settings) {
    this.ledger = ledger;
    this.sender = sender;
    this.clock = clock;
    this.downAfter = settings.hostDownAfter();
    this.recordEvery = settings.hostRecordEvery();
  }

  @Override
  public String name() {
    return "hosts";
  }

  @Override
  public Duration pause() {
    return EVERY;
  }

  @Override
  public void run() {
    try {
      publish();
    } catch (RuntimeException e) {
      LOG.warnf(
          "The table of hosts could not be published and is published in the next run: %s",
          e.getMessage());
    }
  }

  /** How many records were written. */
  int publish() {
    return ledger.inTransaction(session -> session.hostRecords().lock() ? publish(session) : 0);
  }

  /** The versions are kept after the records are sent: one that was not sent is written again. */
  private int publish(LedgerSession session) {
    Instant now = clock.instant();
    List<OutgoingRecord> records = new ArrayList<>();
    for (HostListing listing : session.hostRecords().all()) {
      String content = content(listing, now);
      if (!isDue(listing, content, now)) {
        continue;
      }
      Published last = listing.published();
      long version = last == null ? 1 : last.version() + 1;
      records.add(record(state(listing, version, now), now));
      session.hostRecords().published(listing.host().id(), new Published(content, version, now));
    }
    sender.send(records);
    return records.size();
  }

  private boolean isDue(HostListing listing, String content, Instant now) {
    Published last = listing.published();
    if (last == null || !last.content().equals(content)) {
      return true;
    }
    return listing.host().isUp(now, downAfter)
        && !listing.host().isRemoved()
        && !now.isBefore(last.at().plus(recordEvery));
  }

  /** Without what each report measures anew, which is published with the rest. */
  private String content(HostListing listing, Instant now) {
    long claimed = listing.host().disk().claimedBytes();
    return json(state(listing, 0, Instant.EPOCH, new HostState.DiskRoom(0, 0, claimed), now));
  }

  private HostState state(HostListing listing, long version, Instant now) {
    Host host = listing.host();
    Host.DiskLedger disk = host.disk();
    return state(
        listing,
        version,
        host.reportedAt(),
        new HostState.DiskRoom(disk.totalBytes(), disk.freeBytes(), disk.claimedBytes()),
        now);
  }

  private HostState state(
      HostListing listing, long version, Instant reportedAt, HostState.DiskRoom disk, Instant now) {
    Host host = listing.host();
    long skew = Math.round(host.clockSkewMillis() / 1000.0);
    String emulator = listing.facts().emulatorVersion();
    String lack = host.isolationLack();
    var accelerators = listing.facts().accelerators();
    return new HostState(
        host.id(),
        host.name(),
        version,
        host.standing().admission(),
        host.standing().reason(),
        host.isUp(now, downAfter) && !host.isRemoved(),
        host.intakeStall().compareTo(downAfter) <= 0,
        reportedAt,
        Math.abs(skew) < SKEW_SECONDS ? 0 : skew,
        host.epoch(),
        host.vcpus(),
        host.memoryMib(),
        host.usedVcpus(),
        host.usedMemoryMib(),
        disk,
        listing.claims(),
        listing.facts().domains(),
        accelerators == null ? List.of() : accelerators,
        lack == null ? null : new Isolation(lack.isEmpty(), lack),
        emulator == null ? "" : emulator,
        URI.create(host.agentUrl()));
  }

  private static String json(HostState state) {
    return new String(ContractJson.write(state), UTF_8);
  }

  private static OutgoingRecord record(HostState state, Instant now) {
    Envelope<HostState> envelope =
        new Envelope<>(
            DerivedId.of(state.hostId().value(), "host-state/" + state.version()),
            EventSource.SCHEDULER.uri(),
            state.hostId().toString(),
            now,
            state.version(),
            0,
            null,
            null,
            0,
            state);
    Map<String, String> headers = new TreeMap<>();
    CloudEvents.headers(envelope)
        .forEach((name, value) -> headers.put(name, new String(value, UTF_8)));
    return new OutgoingRecord(Topics.HOSTS, envelope.subject(), headers, json(state));
  }
}
