package io.drover.scheduler.claim;

import io.drover.contracts.message.Envelope;
import io.drover.scheduler.TestLedger;
import io.drover.scheduler.feed.RecordSender;
import io.drover.scheduler.ledger.HostSnapshot;
import io.drover.scheduler.ledger.Ledger;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;

/** The use cases of this package, for tests of others. */
public final class Claiming {
  public final ClaimReleaseSignal ends = new ClaimReleaseSignal();
  public final ReconcilingClaims reconciling;
  private final ClaimProjection following;

  public Claiming(Ledger ledger, HostSnapshot snapshot, RecordSender sender, InstantSource clock) {
    this.following = new ClaimProjection(ledger, snapshot, sender, ends, clock);
    this.reconciling =
        new ReconcilingClaims(
            ledger,
            snapshot,
            sender,
            ends,
            new AbsentDomains(clock, TestLedger.settings()),
            clock,
            new SimpleMeterRegistry());
  }

  public void follow(Envelope<Object> event) {
    following.follow(event);
  }
}
