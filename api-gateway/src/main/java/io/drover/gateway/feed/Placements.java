package io.drover.gateway.feed;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Which host has had which claim of a domain or volume, as the scheduler said; and the events of
 * hosts that came before that. Every call belongs to the transaction at hand.
 */
public interface Placements extends ClaimDirectory {
  /** Notes the host of a claim; a claim that is known stays as it is. */
  void note(UUID subject, long generation, ClaimHolder holder);

  /**
   * Keeps an event until its claim is told.
   *
   * @return false when too many of that subject are kept
   */
  boolean keep(UUID event, UUID subject, long generation, ReceivedEvent received);

  /** The events of the claim, in the order in which they came, which are kept no more. */
  List<ReceivedEvent> take(UUID subject, long generation);

  /** Forgets events that are older than this; how many there were. */
  int forgetEarly(Duration age);

  /** Forgets claims that are older than this and whose subjects are gone; how many there were. */
  int forget(Duration age);
}
