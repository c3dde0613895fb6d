package io.drover.gateway.request;

/** A statement failed; the one mapper tells an absent database from a fault by the cause. */
public final class StoreFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreFailure(Exception cause) {
    super(cause);
  }
}
