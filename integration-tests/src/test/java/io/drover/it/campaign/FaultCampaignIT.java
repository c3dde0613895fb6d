package io.drover.it.campaign;

import io.drover.it.ProjectFiles;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code ./test --faults N [SEED]}: N random faults of a suite of three hosts while tenants work on
 * it. The seed is printed; the same seed gives the same faults and the same tenants.
 */
@Tag("nightly")
class FaultCampaignIT {
  @Test
  void nothingIsLostDoubledStuckOrLeaked() throws Exception {
    int count = Integer.getInteger("drover.faults", 20);
    long seed = Long.getLong("drover.faults.seed", 1);
    new FaultCampaign(ProjectFiles.root().resolve("integration-tests/target/campaign"), seed)
        .run(FaultSchedule.of(seed, count, FaultCampaign.HOSTS));
  }
}
