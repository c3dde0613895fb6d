package io.drover.scheduler.placement;

import static io.drover.scheduler.TestHosts.NOW;
import static io.drover.scheduler.TestHosts.id;
import static io.drover.scheduler.TestHosts.isolating;
import static io.drover.scheduler.TestHosts.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.command.CreateVolume;
import io.drover.contracts.command.DeleteDomain;
import io.drover.contracts.command.DeleteVolume;
import io.drover.contracts.command.PlaceDomain;
import io.drover.contracts.command.StartDomain;
import io.drover.contracts.command.StopDomain;
import io.drover.contracts.command.StopMode;
import io.drover.contracts.command.VolumeAttachment;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.event.CommandSuperseded;
import io.drover.contracts.event.DomainDeleted;
import io.drover.contracts.event.DomainFailed;
import io.drover.contracts.event.DomainPlaced;
import io.drover.contracts.event.DomainStarted;
import io.drover.contracts.event.DomainStopped;
import io.drover.contracts.event.PlacementRefused;
import io.drover.contracts.event.StepCompleted;
import io.drover.contracts.event.StopReason;
import io.drover.contracts.event.VolumeDeleted;
import io.drover.contracts.event.VolumePlaced;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.VolumeId;
import io.drover.contracts.message.Topics;
import io.drover.contracts.report.HostReport.Isolation;
import io.drover.contracts.report.HostReport.RunningDomain;
import io.drover.contracts.requirement.CpuRequirement;
import io.drover.contracts.requirement.Requirements;
import io.drover.contracts.requirement.Requirements.AcceleratorNeed;
import io.drover.scheduler.RememberingSender;
import io.drover.scheduler.ledger.model.OutgoingRecord;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlacingDomainIT {
  private final Stage stage = new Stage();
  private final UUID domain = UUID.randomUUID();

  @BeforeEach
  void twoHosts() {
    stage.report(report("a", 7, 1, NOW, 4));
    stage.report(report("b", 9, 1, NOW, 8));
  }

  private <T> T one(Class<T> type) {
    return stage.sender.takeMessages().stream()
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow();
  }

  private DomainStopped stopped(String host) {
    return new DomainStopped(id(host), StopReason.SHUTDOWN, "");
  }

  @Test
  void placesAndStartsWithGenerationAndEpochAndExpiry() {
    PlaceDomain asked = stage.place(domain, 2);
    stage.command(asked);
    List<OutgoingRecord> sent = stage.sender.take();
    assertThat(sent)
        .extracting(OutgoingRecord::topic)
        .containsExactly(Topics.PLACEMENTS, Topics.hostCommands(id("b")), Topics.PLACEMENTS);
    StartDomain start = (StartDomain) RememberingSender.open(sent.get(1)).data();
    assertThat(start.header().generation()).isEqualTo(1);
    assertThat(start.header().hostEpoch()).isEqualTo(9);
    assertThat(start.header().expiresAt()).isEqualTo(asked.header().expiresAt());
    assertThat(RememberingSender.open(sent.get(0)).data()).isInstanceOf(DomainPlaced.class);
    assertThat(RememberingSender.open(sent.get(0)).sequence()).isEqualTo(1);
    assertThat(RememberingSender.open(sent.get(2)).sequence()).isEqualTo(2);
    assertThat(((StepCompleted) RememberingSender.open(sent.get(2)).data()).step())
        .isEqualTo("place");
    assertThat(stage.usedVcpus("b")).isEqualTo(2);
  }

  @Test
  void sendsTheSameRecordsWithTheSameIdsWhenACommandComesAgain() {
    PlaceDomain asked = stage.place(domain, 2);
    stage.command(asked);
    List<OutgoingRecord> first = stage.sender.take();
    stage.now = NOW.plusSeconds(7200);
    stage.command(asked);
    assertThat(stage.sender.take()).isEqualTo(first);
    assertThat(stage.usedVcpus("b")).isEqualTo(2);
  }

  @Test
  void sendsTheStoredOutcomeAfterItDiedBetweenCommitAndSend() {
    PlaceDomain asked = stage.place(domain, 2);
    stage.sender.failNext(1);
    assertThatThrownBy(() -> stage.command(asked)).isInstanceOf(KafkaException.class);
    assertThat(stage.usedVcpus("b")).isEqualTo(2);
    Stage restarted = new Stage(stage.ledger);
    restarted.command(asked);
    assertThat(restarted.sender.take()).hasSize(3);
    assertThat(stage.usedVcpus("b")).isEqualTo(2);
  }

  @Test
  void refusesASecondPlacementWhileTheClaimLives() {
    stage.command(stage.place(domain, 1));
    stage.sender.take();
    stage.command(stage.place(domain, 1));
    stage.now = NOW.plusSeconds(5);
    stage.waiting.run();
    DomainFailed failed = one(DomainFailed.class);
    assertThat(failed.problem().code()).isEqualTo(ErrorCode.INVALID_STATE);
    assertThat(failed.running()).isTrue();
    assertThat(stage.usedVcpus("b")).isEqualTo(1);
  }

  @Test
  void makesANewGenerationForARestartAndIgnoresLateEventsOfTheOldOne() {
    stage.command(stage.place(domain, 1));
    stage.event(domain, 1, stopped("b"));
    assertThat(stage.usedVcpus("b")).isZero();
    stage.command(stage.place(domain, 1));
    stage.event(domain, 1, stopped("b"));
    assertThat(stage.usedVcpus("b")).isEqualTo(1);
    stage.event(domain, 2, new DomainFailed(Problem.of(ErrorCode.QEMU_EXITED, ""), "x", true));
    assertThat(stage.usedVcpus("b")).isEqualTo(1);
    stage.event(domain, 2, new DomainFailed(Problem.of(ErrorCode.QEMU_EXITED, ""), "x", false));
    assertThat(stage.usedVcpus("b")).isZero();
  }

  @Test
  void explainsWhyThereIsNoHost() {
    stage.command(stage.place(domain, 9));
    PlacementRefused refused = one(PlacementRefused.class);
    assertThat(refused.problem().code()).isEqualTo(ErrorCode.NO_VALID_HOST);
    assertThat(refused.problem().detail())
        .isEqualTo(
            "Of 2 hosts none is left: EnoughVcpus removed 2. The nearest miss needs 1 vCPUs more on"
                + " host b. Ask for less, or again when there is room.");
    assertThat(refused.hosts()).isEqualTo(2);
  }

  @Test
  void refusesADomainOfAnOlderGatewayThatAsksForKvmWhereNoHostCanRunIt() {
    PlaceDomain asked = stage.place(domain, 1);
    stage.command(
        new PlaceDomain(
            asked.header(),
            asked.name(),
            asked.definition().replace("type='qemu'", "type='kvm'"),
            asked.resources(),
            asked.volumes(),
            null));
    assertThat(one(PlacementRefused.class).nearestMiss()).startsWith("needs type='kvm'");
  }

  @Test
  void placesByTheRequirementsOfTheCommandWithoutReadingTheDefinition() {
    PlaceDomain asked = stage.place(domain, 1);
    stage.command(
        new PlaceDomain(
            asked.header(),
            asked.name(),
            "no XML at all",
            asked.resources(),
            asked.volumes(),
            new Requirements(
                null,
                null,
                AcceleratorNeed.KVM,
                CpuRequirement.NONE,
                List.of(),
                List.of(),
                0,
                false)));
    assertThat(one(PlacementRefused.class).nearestMiss()).startsWith("needs type='kvm'");
  }

  @Test
  void placesADomainThatMustBeIsolatedWhereTheHostSaysThatItCanOrSaysNothing() {
    Isolation unable = new Isolation(false, "nft is missing");
    stage.report(isolating(report("a", 7, 2, NOW, 4), unable));
    stage.report(isolating(report("b", 9, 2, NOW, 8), unable));
    stage.command(withCards(stage.place(domain, 1)));
    assertThat(one(PlacementRefused.class).filters())
        .containsExactly(new PlacementRefused.Filter("IsolatesGuests", 2));

    stage.report(isolating(report("a", 7, 3, NOW, 4), null)); // an older agent
    stage.command(withCards(stage.place(domain, 1)));
    assertThat(one(DomainPlaced.class).hostId()).isEqualTo(id("a"));
  }

  @Test
  void theMemoryOfQemuItselfIsClaimedWithTheGuests() {
    stage.command(with(stage.place(domain, 2), 300, false));
    assertThat(stage.host("b").usedMemoryMib()).isEqualTo(2048 + 300);
    stage.command(with(stage.place(UUID.randomUUID(), 6), 300, false));
    assertThat(one(PlacementRefused.class).nearestMiss())
        .isEqualTo(
            "needs 600 MiB more memory on host b (6144 MiB of the guest and 300 MiB of QEMU itself)");
  }

  private static PlaceDomain withCards(PlaceDomain asked) {
    return with(asked, 0, true);
  }

  private static PlaceDomain with(PlaceDomain asked, long overheadMib, boolean isolatedCards) {
    return new PlaceDomain(
        asked.header(),
        asked.name(),
        asked.definition(),
        asked.resources(),
        asked.volumes(),
        new Requirements(
            null,
            null,
            AcceleratorNeed.ANY,
            CpuRequirement.NONE,
            List.of(),
            List.of(),
            overheadMib,
            isolatedCards));
  }

  @Test
  void placesNothingOnHostsThatNoLongerReport() {
    stage.now = NOW.plusSeconds(60);
    stage.command(stage.place(domain, 1));
    stage.now = NOW.plusSeconds(70);
    stage.waiting.run();
    assertThat(one(PlacementRefused.class).problem().detail()).contains("HostIsUp removed 2");
  }

  @Test
  void refusesWhatHasExpired() {
    PlaceDomain late = stage.place(domain, 1);
    stage.now = late.header().expiresAt();
    stage.command(late);
    assertThat(one(PlacementRefused.class).problem().code()).isEqualTo(ErrorCode.EXPIRED);
  }

  @Test
  void routesStopAndDeleteToTheOwnerAndAnswersWhatNoHostHas() {
    stage.command(stage.place(domain, 1));
    stage.sender.take();
    StopDomain stop = new StopDomain(stage.header(domain), StopMode.DESTROY);
    stage.command(stop);
    OutgoingRecord routed = stage.sender.take().get(0);
    assertThat(routed.topic()).isEqualTo(Topics.hostCommands(id("b")));
    StopDomain sent = (StopDomain) RememberingSender.open(routed).data();
    assertThat(sent.header().generation()).isEqualTo(1);
    assertThat(sent.header().hostEpoch()).isEqualTo(9);
    assertThat(sent.header().id()).isEqualTo(stop.header().id());

    stage.event(domain, 1, stopped("b"));
    stage.command(new StopDomain(stage.header(domain), StopMode.DESTROY));
    assertThat(one(DomainFailed.class).problem().code()).isEqualTo(ErrorCode.INVALID_STATE);
    stage.command(new DeleteDomain(stage.header(domain)));
    assertThat(one(DeleteDomain.class).header().generation()).isEqualTo(1);
    stage.event(domain, 1, new DomainDeleted());
    stage.command(new DeleteDomain(stage.header(domain)));
    assertThat(one(DomainDeleted.class)).isNotNull();
    stage.command(stage.place(domain, 1));
    assertThat(one(PlacementRefused.class).problem().code()).isEqualTo(ErrorCode.INVALID_STATE);

    stage.command(new DeleteDomain(stage.header(UUID.randomUUID())));
    assertThat(one(DomainDeleted.class)).isNotNull();
    stage.command(new DeleteVolume(stage.header(UUID.randomUUID())));
    assertThat(one(VolumeDeleted.class)).isNotNull();
  }

  @Test
  void startsADomainWhereItsVolumeIs() {
    UUID volume = UUID.randomUUID();
    stage.command(stage.placeVolume(volume));
    List<Object> said = stage.sender.takeMessages();
    assertThat(said.get(0)).isInstanceOf(VolumePlaced.class);
    assertThat(((CreateVolume) said.get(1)).header().generation()).isEqualTo(1);
    assertThat(((VolumePlaced) said.get(0)).hostId()).isEqualTo(id("b"));
    stage.report(report("c", 1, 1, NOW, 64));
    stage.command(stage.place(domain, 1, new VolumeAttachment(new VolumeId(volume), "root", null)));
    assertThat(one(DomainPlaced.class).hostId()).isEqualTo(id("b"));
    stage.command(new DeleteVolume(stage.header(volume)));
    assertThat(one(DeleteVolume.class).header().hostEpoch()).isEqualTo(9);
  }

  @Test
  void freesARefusedStartOnlyWhenTheNextReportDoesNotShowItRunning() {
    stage.command(stage.place(domain, 1));
    StartDomain start = one(StartDomain.class);
    Problem epoch = Problem.of(ErrorCode.SUPERSEDED, "Another epoch.");
    stage.event(domain, 1, new CommandSuperseded(start.header().id(), epoch));
    assertThat(stage.usedVcpus("b")).isEqualTo(1);
    stage.report(report("b", 9, 2, NOW, 8));
    assertThat(stage.usedVcpus("b")).as("the report is not newer than the refusal").isEqualTo(1);
    stage.report(report("b", 10, 1, NOW.plusSeconds(1), 8));
    assertThat(stage.usedVcpus("b")).isZero();
    DomainFailed failed = one(DomainFailed.class);
    assertThat(failed.problem()).isEqualTo(epoch);
    assertThat(failed.running()).isFalse();
  }

  @Test
  void freesARefusedStartThoughTheHostsClockIsSetBackMeanwhile() {
    stage.command(stage.place(domain, 1));
    StartDomain start = one(StartDomain.class);
    Problem late = Problem.of(ErrorCode.EXPIRED, "Too late.");
    stage.event(domain, 1, new CommandSuperseded(start.header().id(), late));
    stage.report(report("b", 9, 2, NOW.minusSeconds(3600), 8), NOW.plusSeconds(1));
    assertThat(stage.usedVcpus("b")).isZero();
  }

  @Test
  void keepsTheClaimOfARefusedReplayWhoseDomainRuns() {
    stage.command(stage.place(domain, 1));
    StartDomain start = one(StartDomain.class);
    Problem epoch = Problem.of(ErrorCode.SUPERSEDED, "Another epoch.");
    stage.event(domain, 1, new CommandSuperseded(start.header().id(), epoch));
    RunningDomain alive = new RunningDomain(new DomainId(domain), 1, "running");
    stage.report(report("b", 10, 1, NOW.plusSeconds(1), 8, alive));
    stage.event(domain, 1, new CommandSuperseded(start.header().id(), epoch));
    stage.report(report("b", 10, 2, NOW.plusSeconds(5), 8));
    assertThat(stage.usedVcpus("b")).isEqualTo(1);
  }

  @Test
  void countsADomainThatRunsAfterItsClaimWasFreedUntilItIsGoneAndStartsItThen() {
    stage.command(stage.place(domain, 2));
    stage.event(domain, 1, new DomainStarted(id("b"), "tcg"));
    stage.event(domain, 1, stopped("b"));
    RunningDomain alive = new RunningDomain(new DomainId(domain), 1, "running");
    stage.report(report("b", 9, 2, NOW.plusSeconds(1), 8, alive));
    assertThat(stage.usedVcpus("b")).isEqualTo(2);
    stage.sender.take();
    stage.command(stage.place(domain, 2));
    assertThat(stage.sender.takeMessages()).isEmpty();
    stage.report(report("b", 9, 3, NOW.plusSeconds(2), 8));
    assertThat(one(StartDomain.class).header().generation()).isEqualTo(2);
    assertThat(stage.usedVcpus("a") + stage.usedVcpus("b")).isEqualTo(2);
  }
}
