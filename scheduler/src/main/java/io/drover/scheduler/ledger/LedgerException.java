package io.drover.scheduler.ledger;

/** The database failed or cannot be reached. */
public final class LedgerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean passing;

  public LedgerException(String message, Throwable cause, boolean passing) {
    super(message, cause);
    this.passing = passing;
  }

  /** Whether the same work may succeed later: the database is away, or others were in the way. */
  public boolean passing() {
    return passing;
  }
}
