package io.drover.agent.host;

import io.drover.agent.thread.AgentThreads;
import io.drover.contracts.id.IdSource;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.report.HostReport;
import io.drover.contracts.time.ServerClock;
import io.drover.contracts.time.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Sends the heartbeat: after a fixed pause, and soon after what runs has changed: what changes in
 * the same moment goes into one report, and the event that tells of the change goes first. A report
 * that cannot be sent is dropped, the next one says more.
 */
public final class HostReporter {
  private static final Logger LOG = Logger.getLogger(HostReporter.class);

  /** Long enough for the events of a start, short enough for nobody to wait for it. */
  private static final Duration SETTLED = Duration.ofMillis(100);

  private final BusAccess bus;
  private final ServerClock brokerTime;
  private final HostIdentity host;
  private final HostCapacity capacity;
  private final URI agentUrl;
  private final Duration pause;
  private final Supplier<HostReport.DiskSpace> disk;
  private final Supplier<Optional<HostReport.Isolation>> isolation;
  private final Supplier<HostFacts> facts;
  private final Seen seen;
  private final TimeSource clock;
  private final IdSource ids;
  private final Thread thread;
  private long sequence;
  private boolean changed;
  private boolean stopped;

  /**
   * Where the reports go, and what in them is configured.
   *
   * @param bus how to reach the brokers, and what seals the reports
   * @param brokerTime is set by the answers of the broker
   * @param agentUrl how the gateway reaches this agent's consoles
   * @param pause between two reports
   * @param disk measures the room for volumes
   * @param isolation whether guests can be isolated, as far as that is known
   */
  public record Settings(
      BusAccess bus,
      ServerClock brokerTime,
      URI agentUrl,
      Duration pause,
      Supplier<HostReport.DiskSpace> disk,
      Supplier<Optional<HostReport.Isolation>> isolation) {}

  /**
   * What a report tells of this moment.
   *
   * @param domains every domain whose QEMU is seen alive now
   * @param intake the offset behind the last command that was taken; empty before the commands were
   *     reached
   */
  public record Seen(
      Supplier<List<HostReport.RunningDomain>> domains, Supplier<OptionalLong> intake) {}

  /**
   * @param facts what the host can do; the first call may take some seconds
   */
  public HostReporter(
      Settings settings,
      HostIdentity host,
      HostCapacity capacity,
      Supplier<HostFacts> facts,
      Seen seen,
      TimeSource clock,
      IdSource ids) {
    this.bus = settings.bus();
    this.brokerTime = settings.brokerTime();
    this.host = host;
    this.capacity = capacity;
    this.agentUrl = settings.agentUrl();
    this.pause = settings.pause();
    this.disk = settings.disk();
    this.isolation = settings.isolation();
    this.facts = facts;
    this.seen = seen;
    this.clock = clock;
    this.ids = ids;
    this.thread = AgentThreads.make("reports", this::run);
  }

  /** Reports soon instead of after the pause. Returns immediately. */
  public synchronized void changed() {
    changed = true;
    notifyAll();
  }

  public synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  /** Begins to report; the first report follows the probe of the emulators. */
  public void start() {
    thread.start();
  }

  private void run() {
    try (HostReportSender sender = new HostReportSender(bus, brokerTime)) {
      do {
        send(sender);
      } while (awaitNext());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(HostReportSender sender) throws InterruptedException {
    try {
      HostReport report = report();
      sender.send(
          new Envelope<>(
              ids.next(),
              host.source().uri(),
              host.id().toString(),
              report.at(),
              report.sequence(),
              0,
              null,
              null,
              0,
              report));
    } catch (RuntimeException e) {
      LOG.error("Making the host report failed; the next one is made as usual", e);
    }
  }

  private HostReport report() {
    HostFacts now = facts.get();
    List<HostReport.RunningDomain> running =
        seen.domains().get().stream()
            .sorted(Comparator.comparing(domain -> domain.domainId().toString()))
            .toList();
    sequence++;
    return new HostReport(
        host.id(),
        host.name(),
        host.epoch(),
        sequence,
        clock.instant(),
        capacity.vcpus(),
        capacity.memoryMib(),
        disk.get(),
        now.accelerators(),
        now.emulatorVersion(),
        now.digest(),
        agentUrl,
        running,
        hash(running),
        new HostReport.Intake(seen.intake().get().orElse(0)),
        isolation.get().orElse(null));
  }

  /** SHA-256 over one line for each domain, sorted: id, space, generation. */
  static String hash(List<HostReport.RunningDomain> sorted) {
    return HostFacts.sha256(
        sorted.stream()
            .map(domain -> domain.domainId() + " " + domain.generation() + "\n")
            .collect(Collectors.joining()));
  }

  private synchronized boolean awaitNext() throws InterruptedException {
    await(pause, () -> changed || stopped);
    if (changed) {
      await(SETTLED, () -> stopped);
    }
    changed = false;
    return !stopped;
  }

  private synchronized void await(Duration atMost, BooleanSupplier over)
      throws InterruptedException {
    long end = clock.nanos() + atMost.toNanos();
    long left = atMost.toMillis();
    while (!over.getAsBoolean() && left > 0) {
      wait(left);
      left = (end - clock.nanos()) / 1_000_000;
    }
  }
}
