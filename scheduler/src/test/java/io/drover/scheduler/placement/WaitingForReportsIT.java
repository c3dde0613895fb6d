package io.drover.scheduler.placement;

import static io.drover.scheduler.TestHosts.NOW;
import static io.drover.scheduler.TestHosts.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.command.CreateVolume;
import io.drover.contracts.command.StartDomain;
import io.drover.contracts.command.StopDomain;
import io.drover.contracts.command.StopMode;
import io.drover.contracts.event.PlacementRefused;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A placement that is read before the reports of the hosts, as after an outage of Kafka. */
class WaitingForReportsIT {
  private static final Instant BACK = NOW.plusSeconds(40);
  private final UUID subject = UUID.randomUUID();
  private final Stage stage = new Stage();

  @BeforeEach
  void findsTheLastReportTooOld() {
    stage.report(report("a", 7, 1, NOW, 8));
    stage.now = BACK;
  }

  private List<Object> afterTheNextReport() {
    assertThat(stage.sender.takeMessages()).isEmpty();
    stage.waiting.run();
    assertThat(stage.sender.takeMessages()).isEmpty();
    stage.report(report("a", 7, 2, BACK.plusSeconds(2), 8));
    stage.now = BACK.plusSeconds(3);
    stage.waiting.run();
    return stage.sender.takeMessages();
  }

  @Test
  void aStartIsPlacedAsSoonAsAHostHasReported() {
    stage.command(stage.place(subject, 1));

    assertThat(afterTheNextReport()).hasAtLeastOneElementOfType(StartDomain.class);

    stage.waiting.run();
    assertThat(stage.sender.takeMessages()).as("it is started once").isEmpty();
  }

  @Test
  void soIsAVolume() {
    stage.command(stage.placeVolume(subject));

    assertThat(afterTheNextReport()).hasAtLeastOneElementOfType(CreateVolume.class);
  }

  @Test
  void isRefusedWhenNoReportComes() {
    stage.command(stage.place(subject, 1));
    stage.now = BACK.plusSeconds(10);
    stage.waiting.run();

    assertThat(stage.sender.takeMessages())
        .singleElement()
        .isInstanceOfSatisfying(
            PlacementRefused.class,
            refused -> assertThat(refused.problem().detail()).contains("HostIsUp removed 1"));
  }

  @Test
  void isRefusedAtOnceWhereNoReportWouldHelp() {
    stage.command(stage.place(subject, 9));

    assertThat(stage.sender.takeMessages()).singleElement().isInstanceOf(PlacementRefused.class);
  }

  @Test
  void isSettledBeforeWhatWasAskedForLater() {
    stage.command(stage.place(subject, 1));
    stage.command(new StopDomain(stage.header(subject), StopMode.DESTROY));

    assertThat(stage.sender.takeMessages().get(0)).isInstanceOf(PlacementRefused.class);
    stage.report(report("a", 7, 2, BACK, 8));
    stage.waiting.run();
    assertThat(stage.sender.takeMessages()).isEmpty();
  }
}
