package io.drover.secrets.audit;

import io.drover.secrets.audit.AuditTrail.Unsent;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Takes committed audit entries to their topic, in order, each at least once; nobody who asks for a
 * key waits for it. While Kafka is away the entries wait in the database. Owns one thread.
 */
@ApplicationScoped
class AuditPublisher {
  private static final Logger LOG = Logger.getLogger(AuditPublisher.class);
  private static final int BATCH = 100;
  private static final long PAUSE_MILLIS = 2_000;

  private final AuditTrail trail;
  private final AuditSender sender;
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final AtomicBoolean due = new AtomicBoolean();

  AuditPublisher(AuditTrail trail, AuditSender sender) {
    this.trail = trail;
    this.sender = sender;
  }

  void start(@Observes StartupEvent event) {
    publishIn(0);
  }

  void appended(@Observes(during = TransactionPhase.AFTER_SUCCESS) AuditTrail.Appended event) {
    publishIn(0);
  }

  void stop(@Observes ShutdownEvent event) {
    thread.shutdownNow();
  }

  private void publishIn(long millis) {
    if (due.compareAndSet(false, true) && !thread.isShutdown()) {
      thread.schedule(this::publish, millis, TimeUnit.MILLISECONDS);
    }
  }

  private void publish() {
    due.set(false);
    try {
      int sent = BATCH;
      while (sent == BATCH) {
        sent = QuarkusTransaction.requiringNew().call(this::publishSome);
      }
    } catch (RuntimeException e) {
      if (!thread.isShutdown()) {
        LOG.warnf("The audit trail waits to be sent: %s", e.getMessage());
        publishIn(PAUSE_MILLIS);
      }
    }
  }

  private int publishSome() {
    List<Unsent> entries = trail.lockUnsent(BATCH);
    CompletableFuture<?>[] sent =
        entries.stream().map(sender::send).toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(sent).join();
    if (!entries.isEmpty()) {
      trail.sentUpTo(entries.get(entries.size() - 1).entry().number());
    }
    return entries.size();
  }
}
