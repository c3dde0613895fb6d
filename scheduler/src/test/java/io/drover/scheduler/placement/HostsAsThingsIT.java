package io.drover.scheduler.placement;

import static io.drover.scheduler.TestHosts.NOW;
import static io.drover.scheduler.TestHosts.id;
import static io.drover.scheduler.TestHosts.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.command.DeleteDomain;
import io.drover.contracts.command.DeleteVolume;
import io.drover.contracts.command.HostAction;
import io.drover.contracts.command.StartDomain;
import io.drover.contracts.command.StopDomain;
import io.drover.contracts.command.StopMode;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.event.CommandSuperseded;
import io.drover.contracts.event.DomainDeleted;
import io.drover.contracts.event.DomainFailed;
import io.drover.contracts.event.DomainStarted;
import io.drover.contracts.event.DomainStopped;
import io.drover.contracts.event.OperationFailed;
import io.drover.contracts.event.OperationSucceeded;
import io.drover.contracts.event.PlacementRefused;
import io.drover.contracts.event.StopReason;
import io.drover.contracts.event.VolumeCreated;
import io.drover.contracts.event.VolumeDeleted;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.report.HostReport.RunningDomain;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hosts that are disabled, removed, deaf or away, and what becomes of their domains. */
class HostsAsThingsIT {
  private final Stage stage = new Stage();
  private final UUID domain = UUID.randomUUID();

  @BeforeEach
  void oneHost() {
    stage.report(report("a", 7, 1, NOW, 8));
  }

  private void runs() {
    stage.command(stage.place(domain, 2));
    stage.event(domain, 1, new DomainStarted(id("a"), "tcg"));
    stage.sender.take();
  }

  private RunningDomain shown(long generation) {
    return new RunningDomain(new DomainId(domain), generation, "running");
  }

  private <T> T said(Class<T> type) {
    List<Object> messages = stage.sender.takeMessages();
    List<T> found = messages.stream().filter(type::isInstance).map(type::cast).toList();
    assertThat(found).as("%s among %s", type.getSimpleName(), messages).hasSize(1);
    return found.get(0);
  }

  @Test
  void nothingIsPlacedOnADisabledHostUntilItIsEnabled() {
    stage.administer("a", HostAction.DISABLE, false);
    assertThat(said(OperationSucceeded.class).operation()).isEqualTo("disable-host");
    stage.report(report("a", 8, 1, NOW, 8));
    stage.command(stage.place(domain, 1));
    assertThat(said(PlacementRefused.class).problem().detail())
        .contains("HostIsEnabled removed 1", "it smells of smoke");
    stage.command(stage.placeVolume(UUID.randomUUID()));
    assertThat(said(PlacementRefused.class).problem().detail()).contains("HostIsEnabled");
    stage.administer("a", HostAction.ENABLE, false);
    stage.sender.take();
    stage.command(stage.place(domain, 1));
    said(StartDomain.class);
  }

  @Test
  void aHostThatIsUpOrHasClaimsIsRemovedByForceAlone() {
    stage.administer("a", HostAction.REMOVE, false);
    assertThat(said(OperationFailed.class).problem().code()).isEqualTo(ErrorCode.IN_USE);
    runs();
    stage.now = NOW.plusSeconds(60);
    stage.administer("a", HostAction.REMOVE, false);
    assertThat(said(OperationFailed.class).problem().detail()).contains("is down", "1 claims");
    stage.administer("b", HostAction.REMOVE, true);
    assertThat(said(OperationFailed.class).problem().code()).isEqualTo(ErrorCode.NOT_FOUND);
  }

  @Test
  void theClaimsOfARemovedHostEndAndWhatItStillRunsIsEndedWhenItComesBack() {
    runs();
    stage.administer("a", HostAction.REMOVE, true);
    stage.sender.take();
    stage.claiming.endClaimsOfRemovedHosts();
    assertThat(said(DomainStopped.class).reason()).isEqualTo(StopReason.HOST_REMOVED);
    assertThat(stage.usedVcpus("a")).isZero();
    stage.report(report("b", 3, 1, NOW, 8));
    stage.command(stage.place(domain, 2));
    assertThat(said(StartDomain.class).header().generation()).isEqualTo(2);

    stage.report(report("a", 8, 1, NOW.plusSeconds(9), 8, shown(1)));

    StopDomain order = said(StopDomain.class);
    assertThat(order.mode()).isEqualTo(StopMode.DESTROY);
    assertThat(order.header().generation()).isEqualTo(1);
    assertThat(order.header().hostEpoch()).isEqualTo(8);
    assertThat(stage.usedVcpus("b")).as("its new run goes on").isEqualTo(2);
  }

  @Test
  void whatAReturnedHostStillRunsIsCountedUntilItHasEnded() {
    runs();
    stage.administer("a", HostAction.REMOVE, true);
    stage.claiming.endClaimsOfRemovedHosts();
    stage.sender.take();
    stage.report(report("a", 8, 1, NOW.plusSeconds(9), 8, shown(1)));
    assertThat(said(StopDomain.class).mode()).isEqualTo(StopMode.DESTROY);
    assertThat(stage.usedVcpus("a")).isEqualTo(2);
    stage.event(domain, 1, new DomainStopped(id("a"), StopReason.DESTROYED, ""));
    assertThat(stage.usedVcpus("a")).isZero();
  }

  @Test
  void aRemovedHostIsOneAgainAfterALaterStartOfItsAgent() {
    stage.administer("a", HostAction.REMOVE, true);
    stage.sender.take();
    stage.report(report("a", 7, 2, NOW.plusSeconds(1), 8));
    stage.command(stage.place(domain, 1));
    assertThat(said(PlacementRefused.class).problem().detail()).contains("No host");
    stage.report(report("a", 8, 1, NOW.plusSeconds(2), 8));
    stage.command(stage.place(domain, 1));
    said(StartDomain.class);
  }

  @Test
  void aRemovedHostThatRunsOnIsToldToEndWhatItLost() {
    runs();
    stage.administer("a", HostAction.REMOVE, true);
    stage.claiming.endClaimsOfRemovedHosts();
    stage.sender.take();
    stage.report(report("a", 7, 16, NOW.plusSeconds(30), 8, shown(1)));
    assertThat(said(StopDomain.class).mode()).isEqualTo(StopMode.DESTROY);
  }

  @Test
  void aStoppedDomainAndAVolumeOfARemovedHostAreDeletedAtOnce() {
    UUID volume = UUID.randomUUID();
    stage.command(stage.placeVolume(volume));
    stage.event(volume, 1, new VolumeCreated(id("a"), 1));
    runs();
    stage.event(domain, 1, new DomainStopped(id("a"), StopReason.SHUTDOWN, ""));
    stage.administer("a", HostAction.REMOVE, true);
    stage.sender.take();
    stage.command(new DeleteDomain(stage.header(domain)));
    said(DomainDeleted.class);
    stage.command(new DeleteVolume(stage.header(volume)));
    said(VolumeDeleted.class);
  }

  @Test
  void aDomainThatIsDeletedByForceIsGoneAtOnceAndEndedWhenItsHostShowsIt() {
    runs();
    stage.command(new DeleteDomain(stage.header(domain), "the host burned down"));
    List<Object> said = stage.sender.takeMessages();
    assertThat(said).hasSize(2);
    assertThat(said).anyMatch(DomainDeleted.class::isInstance);
    assertThat(said).anyMatch(DeleteDomain.class::isInstance);
    assertThat(stage.usedVcpus("a")).isZero();
    stage.report(report("a", 8, 1, NOW.plusSeconds(9), 8, shown(1)));
    assertThat(said(DeleteDomain.class).header().hostEpoch()).isEqualTo(8);
    assertThat(stage.usedVcpus("a")).as("it still runs there").isEqualTo(2);
    stage.event(domain, 1, new DomainDeleted());
    assertThat(stage.usedVcpus("a")).isZero();
  }

  @Test
  void aHostThatComesBackIsAskedAgainForTheStopThatItHasMissed() {
    runs();
    StopDomain asked = new StopDomain(stage.header(domain), StopMode.SHUT_DOWN);
    stage.command(asked);
    stage.sender.take();
    stage.report(report("a", 7, 2, NOW.plusSeconds(2), 8, shown(1)));
    assertThat(stage.sender.takeMessages()).as("it is on its way").isEmpty();
    stage.report(report("a", 8, 1, NOW.plusSeconds(9), 8, shown(1)));
    StopDomain again = said(StopDomain.class);
    assertThat(again.mode()).isEqualTo(StopMode.SHUT_DOWN);
    assertThat(again.header().operationId()).isEqualTo(asked.header().operationId());
    assertThat(again.header().hostEpoch()).isEqualTo(8);
    stage.report(report("a", 8, 2, NOW.plusSeconds(11), 8, shown(1)));
    assertThat(stage.sender.takeMessages()).isEmpty();
    stage.event(
        domain,
        1,
        asked.header().operationId(),
        new CommandSuperseded(again.header().id(), Problem.of(ErrorCode.EXPIRED, "Too late.")));
    stage.report(report("a", 8, 3, NOW.plusSeconds(13), 8, shown(1)));
    said(StopDomain.class);
  }

  @Test
  void aStopThatTheGuestHasRefusedIsNotAskedForAgain() {
    runs();
    StopDomain asked = new StopDomain(stage.header(domain), StopMode.SHUT_DOWN);
    stage.command(asked);
    stage.event(
        domain,
        1,
        asked.header().operationId(),
        new DomainFailed(Problem.of(ErrorCode.TIMED_OUT, "It did not stop."), "ask-guest", true));
    stage.sender.take();
    stage.report(report("a", 8, 1, NOW.plusSeconds(9), 8, shown(1)));
    assertThat(stage.sender.takeMessages()).isEmpty();
  }

  @Test
  void nothingIsPlacedOnAHostWhoseCommandsWaitWhileItsReportsCome() {
    for (int second = 2; second <= 20; second += 2) {
      stage.report(
          report("a", 7, second, NOW.plusSeconds(second), 8), NOW.plusSeconds(second), true);
    }
    stage.now = NOW.plusSeconds(20);
    stage.command(stage.place(domain, 1));
    stage.now = NOW.plusSeconds(30);
    stage.waiting.run();
    assertThat(said(PlacementRefused.class).problem().detail())
        .contains("HostTakesCommands removed 1", "have waited for");
    stage.report(report("a", 7, 30, NOW.plusSeconds(21), 8), NOW.plusSeconds(21), false);
    stage.command(stage.place(domain, 1));
    said(StartDomain.class);
  }

  @Test
  void whatWasDeletedLongAgoIsForgottenUnlessItsHostMayComeBackWithIt() {
    runs();
    stage.command(new DeleteDomain(stage.header(domain), "the host burned down"));
    assertThat(forgotten()).isZero();
    stage.report(report("a", 8, 1, NOW.plusSeconds(9), 8));
    assertThat(forgotten()).isEqualTo(1);

    UUID second = UUID.randomUUID();
    stage.now = NOW.plusSeconds(10);
    stage.command(stage.place(second, 1));
    stage.command(new DeleteDomain(stage.header(second), "and again"));
    stage.administer("a", HostAction.REMOVE, true);
    assertThat(forgotten()).isEqualTo(1);
  }

  private int forgotten() {
    return stage.ledger.inTransaction(
        session -> session.subjects().forgetDeleted(NOW.plusSeconds(100)));
  }

  @Test
  void whatRunsWithoutAClaimIsCountedOnceAndNotWithEveryReport() {
    for (int number = 2; number < 9; number++) {
      stage.report(report("a", 7, number, NOW.plusSeconds(number), 8, shown(3)));
    }
    assertThat(stage.claiming.metrics.counter("drover.drift", "kind", "unknown").count())
        .isEqualTo(1);
  }
}
