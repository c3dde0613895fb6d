package io.drover.gateway.outbox;

import io.drover.contracts.error.DatabaseUnavailable;
import io.drover.contracts.error.StatementFailed;
import io.drover.contracts.message.KafkaSettings;
import io.drover.gateway.config.GatewayConfig;
import io.drover.gateway.outbox.OutboxSender.BrokerUnavailable;
import io.drover.gateway.outbox.OutboxSender.RefusedByBroker;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Takes the outbox to Kafka: in id order, one active relay in the suite, a row is closed when the
 * broker has it. Without Kafka or PostgreSQL it waits for them; nothing is given up. Owns one
 * thread.
 */
@Startup
@ApplicationScoped
class OutboxRelay {
  private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
  private static final Duration BACKOFF = Duration.ofMillis(250);

  private final GatewayConfig config;
  private final KafkaSettings kafka;
  private final RelaySessions sessions;
  private final RefusedRecords refusals;
  private final OpenTelemetry telemetry;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final AtomicLong waiting = new AtomicLong();
  private final Thread thread = new Thread(this::run, "outbox-relay");
  private boolean warned;

  OutboxRelay(
      GatewayConfig config,
      KafkaSettings kafka,
      RelaySessions sessions,
      RefusedRecords refusals,
      OpenTelemetry telemetry,
      MeterRegistry metrics) {
    this.config = config;
    this.kafka = kafka;
    this.sessions = sessions;
    this.refusals = refusals;
    this.telemetry = telemetry;
    metrics.gauge("drover.outbox.waiting", waiting);
  }

  @PostConstruct
  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stopping.countDown();
    thread.join(2_000);
    thread.interrupt();
    thread.join(3_000);
  }

  private void run() {
    try {
      while (!stopped()) {
        try (RelaySession session = sessions.open();
            OutboxSender sender = new OutboxSender(kafka, telemetry)) {
          relayUntilLost(session, sender);
        } catch (DatabaseUnavailable | StatementFailed e) {
          warnOnce("The outbox relay retries, the database failed: " + e.getMessage());
          pause();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Without its session another relay may be the active one: what is left is that one's. */
  private void relayUntilLost(RelaySession session, OutboxSender sender)
      throws InterruptedException {
    try {
      relay(session, sender);
    } catch (DatabaseUnavailable | StatementFailed e) {
      sender.abandon();
      throw e;
    }
  }

  private void relay(RelaySession session, OutboxSender sender) throws InterruptedException {
    Duration poll = config.relay().fallbackPoll();
    while (!stopped() && !session.tryLock()) {
      session.await(poll);
    }
    while (!stopped() && !sender.ended()) {
      List<OutboxRow> rows = session.pending(config.relay().batch());
      waiting.set(rows.size());
      if (rows.isEmpty()) {
        warned = false;
        session.await(poll);
      } else {
        send(rows, session, sender);
        if (sender.ended()) {
          waiting.set(session.waiting());
          pause();
        }
      }
    }
  }

  /** Sends the rows and closes what was acknowledged. */
  private void send(List<OutboxRow> rows, RelaySession session, OutboxSender sender)
      throws InterruptedException {
    List<CompletableFuture<OutboxRow>> sent = new ArrayList<>();
    try {
      for (OutboxRow row : rows) {
        sent.add(sender.send(row));
      }
    } catch (BrokerUnavailable e) {
      warnOnce("The outbox relay retries, Kafka is unavailable: " + e.getMessage());
    }
    List<Long> done = new ArrayList<>();
    for (int i = 0; i < sent.size(); i++) {
      if (acknowledged(sent.get(i), rows.get(i), session)) {
        done.add(rows.get(i).id());
      }
    }
    if (!done.isEmpty()) {
      session.done(done);
    }
  }

  private boolean acknowledged(
      CompletableFuture<OutboxRow> sent, OutboxRow row, RelaySession session)
      throws InterruptedException {
    while (true) {
      try {
        sent.get(1, TimeUnit.SECONDS);
        return true;
      } catch (TimeoutException e) {
        warnOnce(
            "The outbox relay waits, Kafka has not acknowledged a record of topic " + row.topic());
        waiting.set(session.waiting());
        if (stopped()) {
          throw new InterruptedException("stopping");
        }
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RefusedByBroker refused) {
          giveUp(row, String.valueOf(refused.getMessage()), session);
        } else {
          warnOnce("The outbox relay retries, Kafka is unavailable: " + e.getMessage());
        }
        return false;
      }
    }
  }

  /** Its operation ends first: a row that was not given up is refused again. */
  private void giveUp(OutboxRow row, String why, RelaySession session) {
    LOG.errorf(
        "Kafka refuses the outbox row %d for %s (key %s): %s",
        row.id(), row.topic(), row.key(), why);
    try {
      refusals.refused(row, why);
      session.refuse(row.id(), why);
    } catch (RuntimeException e) {
      warnOnce(
          "The outbox row "
              + row.id()
              + " was refused and could not be marked as refused; the relay retries: "
              + e.getMessage());
    }
  }

  private void warnOnce(String what) {
    if (!warned) {
      warned = true;
      LOG.warn(what);
    }
  }

  private void pause() throws InterruptedException {
    stopping.await(BACKOFF.toMillis(), TimeUnit.MILLISECONDS);
  }

  private boolean stopped() {
    return stopping.getCount() == 0;
  }
}
