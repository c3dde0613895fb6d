package io.drover.gateway.feed;

/** The database is away; what was to be stored must be tried again. */
final class StoreUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoreUnavailable(Throwable cause) {
    super(cause.getMessage(), cause);
  }
}
