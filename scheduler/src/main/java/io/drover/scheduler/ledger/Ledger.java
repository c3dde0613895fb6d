package io.drover.scheduler.ledger;

import io.drover.contracts.error.StatementFailed;
import java.util.function.Function;

/** Gives access to the scheduler's state, one transaction at a time. Thread-safe. */
public interface Ledger {
  /**
   * Runs the work in one transaction: committed when it returns, undone when it throws.
   *
   * @throws io.drover.contracts.error.DatabaseUnavailable when the same work may succeed later;
   *     nothing is kept then
   * @throws StatementFailed when it would fail again; nothing is kept then
   */
  <T> T inTransaction(Function<LedgerSession, T> work);
}
