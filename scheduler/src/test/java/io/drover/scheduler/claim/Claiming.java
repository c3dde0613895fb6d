package io.drover.scheduler.claim;

import io.drover.contracts.message.Envelope;
import io.drover.scheduler.TestLedger;
import io.drover.scheduler.feed.RecordSender;
import io.drover.scheduler.ledger.HostSnapshot;
import io.drover.scheduler.ledger.Ledger;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;

/** The use cases of this package, for tests of others. */
public final class Claiming {
  public final ClaimReleaseSignal ends = new ClaimReleaseSignal();
  public final ReconcilingClaims reconciling;
  public final MeterRegistry metrics;
  private final ClaimsOfRemovedHosts removed;
  private final ClaimProjection following;

  public Claiming(Ledger ledger, HostSnapshot snapshot, RecordSender sender, InstantSource clock) {
    SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    this.following = new ClaimProjection(ledger, snapshot, sender, ends, clock, metrics);
    this.metrics = metrics;
    AbsentDomains absent = new AbsentDomains(clock, TestLedger.settings());
    this.reconciling =
        new ReconcilingClaims(
            ledger,
            snapshot,
            sender,
            ends,
            absent,
            new RunningWithoutClaim(snapshot, absent, metrics),
            clock);
    this.removed = new ClaimsOfRemovedHosts(ledger, sender, ends, clock);
  }

  public void endClaimsOfRemovedHosts() {
    removed.end();
  }

  public void follow(Envelope<Object> event) {
    following.follow(event);
  }
}
