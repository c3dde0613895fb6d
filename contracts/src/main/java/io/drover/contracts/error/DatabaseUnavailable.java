package io.drover.contracts.error;

/**
 * The database cannot do this work now; the same work may succeed later ({@link SqlStates}). What
 * was to be stored must be tried again.
 */
public final class DatabaseUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DatabaseUnavailable(Throwable cause) {
    super("The database is unavailable: " + cause.getMessage(), cause);
  }
}
