package io.drover.secrets.audit;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Writes the newest entry's number and hash to the log now and then, which other people keep than
 * those who can write the database: with them a chain that was written anew is found.
 */
@ApplicationScoped
class AuditHeadLog {
  private static final Logger LOG = Logger.getLogger(AuditHeadLog.class);

  private final AuditTrail trail;

  AuditHeadLog(AuditTrail trail) {
    this.trail = trail;
  }

  @Scheduled(
      identity = "audit-head",
      every = "${drover.secrets.audit-head-every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void log() {
    QuarkusTransaction.requiringNew()
        .call(trail::head)
        .ifPresent(
            head ->
                LOG.infof(
                    "The audit chain ends with entry %d, hash %s", head.id(), head.hexHash()));
  }
}
