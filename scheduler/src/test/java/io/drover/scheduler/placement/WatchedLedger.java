package io.drover.scheduler.placement;

import io.drover.scheduler.ledger.Ledger;
import io.drover.scheduler.ledger.LedgerSession;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** The real ledger; a test may act, or fail as a death would, before any of its transactions. */
final class WatchedLedger implements Ledger {
  private final Ledger real;
  private IntConsumer before = number -> {};
  private int number;

  WatchedLedger(Ledger real) {
    this.real = real;
  }

  /** Calls with 1 before the next transaction, with 2 before the one after, and so on. */
  void before(IntConsumer action) {
    this.number = 0;
    this.before = action;
  }

  @Override
  public <T> T inTransaction(Function<LedgerSession, T> work) {
    before.accept(++number);
    return real.inTransaction(work);
  }
}
