package io.drover.scheduler.placement;

import static io.drover.scheduler.TestHosts.NOW;
import static io.drover.scheduler.TestHosts.id;
import static io.drover.scheduler.TestHosts.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.command.StartDomain;
import io.drover.contracts.command.VolumeAttachment;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.event.CommandSuperseded;
import io.drover.contracts.event.DomainDeleted;
import io.drover.contracts.event.DomainFailed;
import io.drover.contracts.event.DomainPlaced;
import io.drover.contracts.event.DomainStopped;
import io.drover.contracts.event.Event;
import io.drover.contracts.event.StopReason;
import io.drover.contracts.event.VolumeDeleted;
import io.drover.contracts.event.VolumeFailed;
import io.drover.contracts.id.VolumeId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one host says about the domains and volumes of another changes nothing. */
class ForeignHostIT {
  private static final Problem PROBLEM = Problem.of(ErrorCode.QEMU_EXITED, "Not true.");

  private final Stage stage = new Stage();
  private final UUID subject = UUID.randomUUID();

  @BeforeEach
  void twoHosts() {
    stage.report(report("liar", 7, 1, NOW, 4));
    stage.report(report("owner", 9, 1, NOW, 8));
  }

  private <T> T one(Class<T> type) {
    return stage.sender.takeMessages().stream()
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void endsNoClaimOfAnotherHost() {
    stage.command(stage.place(subject, 1));
    StartDomain start = one(StartDomain.class);
    List<Event> lies =
        List.of(
            new DomainStopped(id("owner"), StopReason.SHUTDOWN, ""),
            new DomainFailed(PROBLEM, "start-cpus", false),
            new CommandSuperseded(start.header().id(), PROBLEM),
            new DomainDeleted());
    lies.forEach(lie -> stage.event(UUID.randomUUID(), id("liar"), subject, 1, lie));
    stage.report(report("owner", 9, 2, NOW.plusSeconds(1), 8));
    assertThat(stage.usedVcpus("owner")).isEqualTo(1);
    stage.event(subject, 1, new DomainStopped(id("owner"), StopReason.SHUTDOWN, ""));
    stage.command(stage.place(subject, 1));
    assertThat(one(DomainPlaced.class).hostId()).isEqualTo(id("owner"));
  }

  @Test
  void losesNoVolumeOfAnotherHost() {
    stage.command(stage.placeVolume(subject));
    for (Event lie : List.of(new VolumeFailed(PROBLEM, "write-volume"), new VolumeDeleted())) {
      stage.event(UUID.randomUUID(), id("liar"), subject, 1, lie);
    }
    stage.sender.take();
    VolumeAttachment root = new VolumeAttachment(new VolumeId(subject), "root", null);
    stage.command(stage.place(UUID.randomUUID(), 1, root));
    assertThat(one(DomainPlaced.class).hostId()).isEqualTo(id("owner"));
  }
}
