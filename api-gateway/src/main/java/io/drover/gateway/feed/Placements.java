package io.drover.gateway.feed;

import io.drover.contracts.id.HostId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Which host has had which claim of a domain or volume, as the scheduler said; and the events of
 * hosts that came before that. Every call belongs to the transaction at hand.
 */
public interface Placements {
  /** Notes the host of a claim; a claim that is known stays as it is. */
  void note(UUID subject, long generation, HostId host);

  /** The host that has the claim. */
  Optional<HostId> host(UUID subject, long generation);

  /** Whether a later claim of a domain or volume of this inventory may still be told. */
  boolean isAwaited(UUID subject, long generation);

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
