package io.drover.scheduler.ledger;

import io.drover.contracts.id.HostId;
import io.drover.contracts.id.OperationId;
import io.drover.scheduler.ledger.model.Claim;
import io.drover.scheduler.ledger.model.ClaimRequest;
import io.drover.scheduler.ledger.model.Host;
import io.drover.scheduler.ledger.model.StopWish;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Claims on hosts. The sum of a host's claims and its {@code used} figures never differ. */
public interface Claims {
  /**
   * Claims, in one statement, the first of the hosts that still has room and is still as the
   * decision saw it; the subject's generation becomes that of the claim.
   *
   * @return the host with the claim counted in; empty when none of them can be had any more
   */
  Optional<Host> claim(ClaimRequest request);

  Optional<Claim> find(UUID domainId);

  List<Claim> onHost(HostId hostId);

  void changeState(UUID domainId, long generation, Claim.State state, Instant at);

  /**
   * A report does not show the domain of a claim that has run since before it, or was placed before
   * {@code placedBefore}.
   *
   * @return in how many reports of that epoch, one after another, it was missing; 0 for a claim
   *     that is younger
   */
  int absent(Claim claim, Sighting report, Instant placedBefore);

  /** One report of a host, with the time at which it came to Kafka. */
  record Sighting(long epoch, long sequence, Instant at) {}

  /** Keeps that the claim's domain is to stop. */
  void wantStop(UUID domainId, long generation, StopWish wish);

  /**
   * The host has answered that operation's stop, and the domain still runs: it is asked no more.
   */
  void stopRefused(UUID domainId, OperationId operation);

  /** The stop of that operation was not carried out, and is to be asked for again. */
  void stopMissed(UUID domainId, OperationId operation);

  void refused(UUID domainId, long generation, Claim.Refusal refusal);

  /**
   * Ends the claim of this generation; does nothing for another one.
   *
   * @return the host with the room given back; empty when there was no such claim
   */
  Optional<Host> free(UUID domainId, long generation);

  /**
   * Counts a domain that really runs on its host, room or no room: what runs is the truth.
   *
   * @return false when the domain has a claim already
   */
  boolean recognise(Claim running);
}
