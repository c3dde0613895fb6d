package io.drover.secrets.audit;

import io.drover.contracts.time.RecurringWork;
import io.drover.secrets.audit.AuditTrail.Unsent;
import io.drover.secrets.config.SecretsConfig;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/**
 * Publishes committed audit entries on their topic, in order, each at least once; nobody who asks
 * for a key waits for it. While Kafka is unavailable the entries stay in the database.
 */
@ApplicationScoped
class AuditPublisher implements RecurringWork {
  private static final Logger LOG = Logger.getLogger(AuditPublisher.class);
  private static final int BATCH = 100;

  private final AuditTrail trail;
  private final AuditSender sender;
  private final Duration every;

  AuditPublisher(AuditTrail trail, AuditSender sender, SecretsConfig config) {
    this.trail = trail;
    this.sender = sender;
    this.every = config.auditPublishEvery();
  }

  @Override
  public String name() {
    return "audit-publisher";
  }

  @Override
  public Duration pause() {
    return every;
  }

  @Override
  public void run() {
    try {
      int sent = BATCH;
      while (sent == BATCH) {
        sent = QuarkusTransaction.requiringNew().call(this::publishSome);
      }
    } catch (RuntimeException e) {
      LOG.warnf(
          "Audit entries could not be published and are retried in %s: %s", every, e.getMessage());
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
