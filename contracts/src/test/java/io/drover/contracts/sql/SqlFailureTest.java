package io.drover.contracts.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.error.DatabaseUnavailable;
import io.drover.contracts.error.StatementFailed;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class SqlFailureTest {
  private static final SQLException STANDBY = new SQLException("read-only", "25006");
  private static final SQLException DUPLICATE = new SQLException("duplicate key", "23505");

  @Test
  void aStatementThatMaySucceedLaterFindsTheDatabaseUnavailable() {
    assertThat(SqlFailure.of(STANDBY))
        .isInstanceOf(DatabaseUnavailable.class)
        .hasMessageContaining("read-only");
  }

  @Test
  void aStatementThatWouldFailAgainHasFailed() {
    assertThat(SqlFailure.of(DUPLICATE))
        .isInstanceOf(StatementFailed.class)
        .hasMessageContaining("duplicate key");
  }

  @Test
  void aFailureThatPassesIsFoundAmongTheCauses() {
    assertThat(SqlFailure.passes(new IllegalStateException(new RuntimeException(STANDBY))))
        .isTrue();
    assertThat(SqlFailure.passes(SqlFailure.of(STANDBY))).isTrue();
    assertThat(SqlFailure.passes(SqlFailure.of(DUPLICATE))).isFalse();
    assertThat(SqlFailure.passes(new IllegalStateException("no database in it"))).isFalse();
  }

  @Test
  void aRingOfCausesEndsTheSearch() {
    RuntimeException one = new RuntimeException();
    one.initCause(new RuntimeException(one));
    assertThat(SqlFailure.passes(one)).isFalse();
  }
}
