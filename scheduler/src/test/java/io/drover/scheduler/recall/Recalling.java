package io.drover.scheduler.recall;

import io.drover.contracts.message.Envelope;
import io.drover.scheduler.ledger.HostSnapshot;
import io.drover.scheduler.ledger.Ledger;
import java.time.InstantSource;

/** The use case of this package, for tests of others. */
public final class Recalling {
  private final RecallingPlacements useCase;

  public Recalling(Ledger ledger, HostSnapshot snapshot, InstantSource clock) {
    this.useCase = new RecallingPlacements(ledger, snapshot, clock);
  }

  /** Whether the database had forgotten the placement. */
  public boolean recall(Envelope<Object> placement) {
    return !useCase.isKnown(placement) && useCase.recall(placement);
  }
}
