package io.drover.agent.event;

import io.drover.agent.host.HostIdentity;
import io.drover.agent.thread.AgentThreads;
import io.drover.contracts.id.IdSource;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** The way out for news: the spool on disk and the thread that sends it. */
public final class EventOutlet {
  private final Spool spool;
  private final SpoolSender sender;
  private final EventPublisher announcing;
  private final Thread thread;

  /** Opens the spool; news may be announced at once. {@link #start} begins to send. */
  public EventOutlet(
      Path folder,
      String kafka,
      long spoolLimitBytes,
      HostIdentity host,
      IdSource ids,
      InstantSource clock,
      OpenTelemetry telemetry) {
    spool = Spool.open(folder);
    sender = new SpoolSender(spool, () -> SpoolSender.producer(kafka));
    announcing = new EventPublisher(spool, spoolLimitBytes, host, ids, clock, telemetry);
    thread = AgentThreads.make("news", sender);
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
    long end = System.nanoTime() + patience.toNanos();
    spool.awaitEmpty(end);
    spool.close();
    thread.join(Math.max(1, Duration.ofNanos(end - System.nanoTime()).toMillis()));
  }
}
