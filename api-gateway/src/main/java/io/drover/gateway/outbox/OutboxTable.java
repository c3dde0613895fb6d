package io.drover.gateway.outbox;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes rows of the outbox. Every call belongs to the transaction at hand. */
public interface OutboxTable {
  /** The next sequence number of the subject's events; locks the subject. */
  long nextSequence(UUID subject);

  /** The subject's next events have greater numbers than this; locks the subject. */
  void raiseSequence(UUID subject, long sequence);

  /** Locks the subject, so that its rows get ids in the order of the commits. */
  void lockSubject(UUID subject);

  /**
   * A version for the subject's next state, greater than all before, and than the milliseconds
   * since 1970 of the database's clock, so that it is that also after an older database was
   * restored; locks the subject.
   */
  long nextStateVersion(UUID subject);

  /**
   * Forgets the numbers of subjects of which nothing is left, neither they themselves nor an
   * operation on them: nothing more is said of those.
   *
   * @return how many
   */
  int forgetSequences(int limit);

  /** Forgets records that the broker has refused longer ago than this; how many. */
  int forgetRefused(Duration age);

  /** Appends a record together with the trace that it belongs to. */
  void append(String topic, String key, Map<String, byte[]> headers, byte @Nullable [] payload);
}
