package io.drover.gateway.outbox;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes rows of the outbox. Every call belongs to the transaction at hand. */
public interface OutboxTable {
  /** The next sequence number of the subject's events; locks the subject. */
  long nextSequence(UUID subject);

  /** Locks the subject, so that its rows get ids in the order of the commits. */
  void lockSubject(UUID subject);

  /** Appends a record together with the trace that it belongs to. */
  void append(String topic, String key, Map<String, byte[]> headers, byte @Nullable [] payload);
}
