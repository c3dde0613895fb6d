package io.drover.scheduler.ledger;

import static io.drover.scheduler.TestHosts.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.id.ProjectId;
import io.drover.scheduler.TestLedger;
import io.drover.scheduler.ledger.model.Subject;
import io.drover.scheduler.ledger.store.Ledgers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OutcomeRetentionIT {
  @Test
  void forgetsOnlyWhatIsOlderThanTheRetention() {
    Ledger ledger = Ledgers.empty();
    UUID old = keep(ledger, NOW.minus(Duration.ofDays(15)));
    UUID young = keep(ledger, NOW.minus(Duration.ofDays(13)));
    assertThat(new OutcomeRetention(ledger, () -> NOW, TestLedger.settings()).forget())
        .isEqualTo(1);
    assertThat(isKept(ledger, old)).isFalse();
    assertThat(isKept(ledger, young)).isTrue();
  }

  private static boolean isKept(Ledger ledger, UUID cause) {
    return ledger.inTransaction(session -> session.outcomes().find(cause).isPresent());
  }

  private static UUID keep(Ledger ledger, Instant at) {
    UUID cause = UUID.randomUUID();
    ledger.inTransaction(
        session -> {
          UUID subject = UUID.randomUUID();
          session.subjects().lock(subject, Subject.Kind.DOMAIN, new ProjectId(subject));
          session.outcomes().keep(cause, subject, 0, List.of(), at);
          return subject;
        });
    return cause;
  }
}
