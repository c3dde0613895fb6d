package io.drover.agent.event;

import io.drover.agent.host.BusAccess;
import io.drover.agent.host.HostIdentity;
import io.drover.agent.thread.AgentThreads;
import io.drover.contracts.id.IdSource;
import io.drover.contracts.time.TimeSource;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.file.Path;
import java.time.Duration;

/** The outlet of events: the spool on disk and the thread that sends it. */
public final class EventOutlet {
  private final Spool spool;
  private final SpoolSender sender;
  private final EventPublisher announcing;
  private final TimeSource clock;
  private final Thread thread;

  /** Opens the spool; events may be announced at once. {@link #start} begins to send. */
  public EventOutlet(
      Path folder,
      BusAccess bus,
      long spoolLimitBytes,
      HostIdentity host,
      IdSource ids,
      TimeSource clock,
      OpenTelemetry telemetry) {
    this.clock = clock;
    spool = Spool.open(folder, clock);
    sender = new SpoolSender(spool, () -> SpoolSender.producer(bus.kafka()), bus.sealing());
    announcing = new EventPublisher(spool, spoolLimitBytes, host, ids, clock, telemetry);
    thread = AgentThreads.make("events", sender);
  }

  public void start() {
    thread.start();
  }

  public EventPublisher announcing() {
    return announcing;
  }

  /** Records that Kafka will never take, since the start. */
  public long refused() {
    return sender.refused();
  }

  /** Sends what is left, within the patience; the rest waits on disk for the next start. */
  public void stop(Duration patience) throws InterruptedException {
    long begun = clock.nanos();
    spool.awaitEmpty(patience);
    spool.close();
    thread.join(Math.max(1, patience.minus(clock.since(begun)).toMillis()));
  }
}
