package io.drover.gateway.outbox;

import java.time.Duration;
import java.util.List;

/**
 * The relay's own session: it is notified of new rows and holds the lock that makes its relay the
 * one active. For one thread. Every call fails with a {@link
 * io.drover.contracts.error.DatabaseUnavailable} when the session is lost.
 */
public interface RelaySession extends AutoCloseable {
  /** Becomes the active relay, unless another is. */
  boolean tryLock();

  /** Waits until rows were appended, or the time has passed. */
  void await(Duration atMost);

  /** The oldest rows that wait, in the order of their ids. */
  List<OutboxRow> pending(int limit);

  /** Closes rows that the broker has acknowledged. */
  void done(List<Long> ids);

  /** Marks a row that the broker will never accept. */
  void refuse(long id, String why);

  /** How many rows wait. */
  long waiting();

  @Override
  void close();
}
