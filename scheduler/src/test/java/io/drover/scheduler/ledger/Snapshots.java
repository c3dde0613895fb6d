package io.drover.scheduler.ledger;

import io.drover.scheduler.TestLedger;

/** Opens the snapshot for tests of other packages. */
public final class Snapshots {
  private Snapshots() {}

  public static HostSnapshot empty() {
    return new HostSnapshot(TestLedger.settings());
  }
}
