package io.drover.scheduler.ledger;

/** The database refuses this work, and would refuse it again. */
public final class LedgerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LedgerException(Throwable cause) {
    super("The database failed: " + cause.getMessage(), cause);
  }
}
