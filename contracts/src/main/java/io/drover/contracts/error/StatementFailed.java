package io.drover.contracts.error;

/**
 * The database refused a statement, and would refuse it again: a mistake, or a fault of its data.
 */
public final class StatementFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StatementFailed(Throwable cause) {
    super("The database refused a statement: " + cause.getMessage(), cause);
  }
}
