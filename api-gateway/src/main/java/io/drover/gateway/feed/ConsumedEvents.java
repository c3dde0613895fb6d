package io.drover.gateway.feed;

import java.time.Duration;
import java.util.UUID;

/** The ids of the events that were applied. */
public interface ConsumedEvents {
  /** Notes the event in the transaction at hand; false when it was applied before. */
  boolean first(UUID id);

  /** Forgets ids that are older than this; how many there were. */
  int forget(Duration age);
}
