package io.drover.scheduler.placement;

import static io.drover.scheduler.TestHosts.NOW;
import static io.drover.scheduler.TestHosts.id;
import static io.drover.scheduler.TestHosts.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.command.PlaceDomain;
import io.drover.contracts.command.StopDomain;
import io.drover.contracts.command.StopMode;
import io.drover.contracts.event.DomainPlaced;
import io.drover.contracts.event.DomainStopped;
import io.drover.contracts.event.StopReason;
import io.drover.contracts.event.VolumePlaced;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.report.HostReport.RunningDomain;
import io.drover.scheduler.RememberingSender;
import io.drover.scheduler.ledger.model.Claim;
import io.drover.scheduler.ledger.model.VolumeBinding;
import io.drover.scheduler.ledger.store.Ledgers;
import io.drover.scheduler.recall.Recalling;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database that was restored from a backup has forgotten what was decided since. */
class RestoredDatabaseIT {
  private final UUID subject = UUID.randomUUID();
  private Stage stage;

  @BeforeEach
  void oneHost() {
    restored();
  }

  /** A backup of the time at which there was one host and nothing on it. */
  private void restored() {
    stage = new Stage(Ledgers.empty());
    stage.report(report("a", 7, 1, NOW, 8));
  }

  @Test
  void aForgottenPlacementHasItsRoomAndItsGenerationAgain() {
    Envelope<Object> placed = placement(1, DomainPlaced.class);
    restored();
    assertThat(recall(placed)).isTrue();
    assertThat(recall(placed)).as("what is known changes nothing").isFalse();
    assertThat(stage.usedVcpus("a")).isEqualTo(2);
    stage.report(report("a", 7, 2, NOW.plusSeconds(5), 8, running(1)));
    assertThat(claim().state()).isEqualTo(Claim.State.RUNNING);
    assertThat(stage.sender.take()).isEmpty();
    stage.event(subject, 1, new DomainStopped(id("a"), StopReason.DESTROYED, ""));
    assertThat(stage.usedVcpus("a")).isZero();
    assertThat(placement(2, DomainPlaced.class).generation()).isEqualTo(2);
  }

  @Test
  void theHostIsAskedAboutAForgottenPlacementThatItDoesNotShow() {
    Envelope<Object> placed = placement(1, DomainPlaced.class);
    restored();
    recall(placed);
    stage.report(report("a", 7, 2, NOW.plusSeconds(5), 8));
    stage.report(report("a", 7, 3, NOW.plusSeconds(10), 8));
    assertThat(stage.sender.takeMessages())
        .singleElement()
        .isInstanceOfSatisfying(
            StopDomain.class,
            question -> assertThat(question.mode()).isEqualTo(StopMode.CONFIRM_END));
    stage.event(subject, 1, new DomainStopped(id("a"), StopReason.UNKNOWN, ""));
    assertThat(stage.usedVcpus("a")).isZero();
  }

  @Test
  void aLaterForgottenPlacementReplacesTheClaimThatTheBackupHas() {
    Envelope<Object> first = placement(1, DomainPlaced.class);
    stage.event(subject, 1, new DomainStopped(id("a"), StopReason.DESTROYED, ""));
    Envelope<Object> second = placement(2, DomainPlaced.class);
    restored();
    recall(first);
    assertThat(recall(second)).isTrue();
    assertThat(claim().generation()).isEqualTo(2);
    assertThat(stage.usedVcpus("a")).isEqualTo(2);
  }

  @Test
  void aPlacementWhoseCommandComesAgainIsNotMadeOnceMore() {
    PlaceDomain command = stage.place(subject, 2);
    stage.command(command);
    Envelope<Object> placed = said(DomainPlaced.class);
    restored();
    recall(placed);
    stage.event(subject, 1, new DomainStopped(id("a"), StopReason.DESTROYED, ""));
    stage.command(command);
    assertThat(stage.sender.take()).isEmpty();
    assertThat(stage.usedVcpus("a")).isZero();
    assertThat(placement(2, DomainPlaced.class).generation()).isEqualTo(2);
  }

  @Test
  void aHostThatTheBackupDoesNotKnowGetsTheClaimByItsReport() {
    Envelope<Object> placed = placement(1, DomainPlaced.class);
    stage = new Stage(Ledgers.empty());
    assertThat(recall(placed)).isTrue();
    stage.report(report("a", 7, 2, NOW.plusSeconds(5), 8, running(1)));
    assertThat(claim().state()).isEqualTo(Claim.State.FOUND);
    assertThat(stage.usedVcpus("a")).isEqualTo(2);
  }

  @Test
  void aForgottenVolumeIsOnItsHostAgain() {
    stage.command(stage.placeVolume(subject));
    Envelope<Object> placed = said(VolumePlaced.class);
    restored();
    assertThat(recall(placed)).isTrue();
    VolumeBinding volume =
        stage.ledger.inTransaction(session -> session.volumes().find(subject)).orElseThrow();
    assertThat(volume.hostId()).isEqualTo(id("a"));
    assertThat(volume.state()).isEqualTo(VolumeBinding.State.READY);
  }

  private Envelope<Object> placement(long generation, Class<?> type) {
    stage.command(stage.place(subject, 2));
    Envelope<Object> placed = said(type);
    assertThat(placed.generation()).isEqualTo(generation);
    return placed;
  }

  private Envelope<Object> said(Class<?> type) {
    return stage.sender.take().stream()
        .map(RememberingSender::open)
        .filter(envelope -> type.isInstance(envelope.data()))
        .findFirst()
        .orElseThrow();
  }

  private boolean recall(Envelope<Object> placement) {
    return new Recalling(stage.ledger, stage.snapshot, () -> stage.now).recall(placement);
  }

  private Claim claim() {
    return stage.ledger.inTransaction(session -> session.claims().find(subject)).orElseThrow();
  }

  private RunningDomain running(long generation) {
    return new RunningDomain(new DomainId(subject), generation, "running");
  }
}
