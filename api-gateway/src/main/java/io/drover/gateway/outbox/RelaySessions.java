package io.drover.gateway.outbox;

/** Opens sessions with the database for the relay. */
public interface RelaySessions {
  /** Opens one or fails with a {@link io.drover.contracts.error.DatabaseUnavailable}. */
  RelaySession open();
}
