package io.drover.it.campaign;

import io.drover.it.ProjectFiles;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A few faults of a suite of three hosts, as a part of all tests: one of each kind that is quick.
 */
class ShortFaultCampaignIT {
  private static final long SEED = 20;

  @Test
  void aFewFaultsOfEachKindLoseDoubleAndLeakNothing() throws Exception {
    FaultSchedule schedule =
        new FaultSchedule(
            List.of(
                step(new KilledPart("host-agent-2", Duration.ofSeconds(1))),
                step(new FullHostDisk(3, Duration.ofSeconds(3))),
                step(new RestoredDatabase("scheduler", Duration.ofSeconds(1))),
                step(new SteppedClock("host-agent-3", Duration.ofHours(1), Duration.ofSeconds(4))),
                step(new UnpluggedHost(2, Duration.ofSeconds(3))),
                step(new KilledPart("api-gateway", Duration.ofSeconds(1)))));
    new FaultCampaign(ProjectFiles.root().resolve("integration-tests/target/short-campaign"), SEED)
        .run(schedule);
  }

  private static FaultSchedule.Step step(Fault fault) {
    return new FaultSchedule.Step(Duration.ofSeconds(2), fault);
  }
}
