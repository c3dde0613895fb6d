package io.drover.scheduler.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.DatabaseUnavailable;
import io.drover.contracts.error.StatementFailed;
import io.drover.contracts.id.ProjectId;
import io.drover.scheduler.TestLedger;
import io.drover.scheduler.ledger.model.Subject;
import io.drover.scheduler.ledger.store.Ledgers;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** What refuses to write today may write after the fail-over; a mistake stays one. */
class StandbyDatabaseIT {
  private final PGSimpleDataSource database = (PGSimpleDataSource) TestLedger.empty();
  private final Ledger ledger = Ledgers.over(database);

  @Test
  void aServerThatHasBecomeAStandbyIsUnavailable() {
    database.setOptions("-c default_transaction_read_only=on");
    assertThatThrownBy(() -> write(UUID.randomUUID()))
        .isInstanceOf(DatabaseUnavailable.class)
        .hasMessageContaining("read-only");
    database.setOptions("");
    UUID subject = UUID.randomUUID();
    assertThat(write(subject)).isEqualTo(subject);
  }

  @Test
  void aServerThatCannotBeReachedIsUnavailable() {
    database.setPortNumbers(new int[] {1});
    assertThatThrownBy(() -> write(UUID.randomUUID())).isInstanceOf(DatabaseUnavailable.class);
  }

  @Test
  void aMissingTableIsAMistake() {
    database.setCurrentSchema("public");
    assertThatThrownBy(() -> write(UUID.randomUUID())).isInstanceOf(StatementFailed.class);
  }

  private UUID write(UUID subject) {
    return ledger.inTransaction(
        session -> {
          session.subjects().lock(subject, Subject.Kind.DOMAIN, new ProjectId(subject));
          return subject;
        });
  }
}
