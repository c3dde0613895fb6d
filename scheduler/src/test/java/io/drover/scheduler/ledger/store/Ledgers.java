package io.drover.scheduler.ledger.store;

import io.drover.scheduler.TestLedger;
import io.drover.scheduler.ledger.Ledger;
import javax.sql.DataSource;

/** Opens the real ledger for tests of other packages. */
public final class Ledgers {
  private Ledgers() {}

  public static Ledger empty() {
    return over(TestLedger.empty());
  }

  public static Ledger over(DataSource database) {
    return new JdbcLedger(database);
  }
}
