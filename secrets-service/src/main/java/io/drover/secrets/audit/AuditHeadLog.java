package io.drover.secrets.audit;

import io.drover.contracts.time.RecurringWork;
import io.drover.secrets.config.SecretsConfig;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Writes the newest entry's number and hash to the log now and then, which other people keep than
 * those who can write the database: with them a chain that was written anew is found.
 */
@ApplicationScoped
class AuditHeadLog implements RecurringWork {
  private static final Logger LOG = Logger.getLogger(AuditHeadLog.class);

  private final AuditTrail trail;
  private final Duration every;

  AuditHeadLog(AuditTrail trail, SecretsConfig config) {
    this.trail = trail;
    this.every = config.auditHeadEvery();
  }

  @Override
  public String name() {
    return "audit-head";
  }

  @Override
  public Duration pause() {
    return every;
  }

  @Override
  public void run() {
    QuarkusTransaction.requiringNew()
        .call(trail::head)
        .ifPresent(
            head ->
                LOG.infof(
                    "The audit chain ends with entry %d, hash %s", head.id(), head.hexHash()));
  }
}
