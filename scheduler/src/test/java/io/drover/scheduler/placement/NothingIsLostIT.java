package io.drover.scheduler.placement;

import static io.drover.scheduler.TestHosts.NOW;
import static io.drover.scheduler.TestHosts.id;
import static io.drover.scheduler.TestHosts.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.command.CreateVolume;
import io.drover.contracts.command.StartDomain;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.event.CommandSuperseded;
import io.drover.contracts.event.DomainFailed;
import io.drover.contracts.event.DomainStarted;
import io.drover.contracts.event.VolumeFailed;
import io.drover.contracts.report.HostReport;
import io.drover.scheduler.RememberingSender;
import io.drover.scheduler.ledger.model.OutgoingRecord;
import io.drover.scheduler.ledger.store.Ledgers;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The scheduler dies, or Kafka goes away, between two steps of an answer that somebody waits for.
 */
class NothingIsLostIT {
  private static final Problem EPOCH = Problem.of(ErrorCode.SUPERSEDED, "Another epoch.");
  private static final HostReport NEXT = report("a", 8, 1, NOW.plusSeconds(1), 8);

  private final WatchedLedger ledger = new WatchedLedger(Ledgers.empty());
  private final Stage stage = new Stage(ledger);
  private final UUID subject = UUID.randomUUID();

  @BeforeEach
  void oneHost() {
    stage.report(report("a", 7, 1, NOW, 8));
  }

  private void refusedStart() {
    stage.command(stage.place(subject, 1));
    StartDomain start = only(StartDomain.class, stage.sender.takeMessages());
    stage.event(subject, 1, new CommandSuperseded(start.header().id(), EPOCH));
  }

  private static <T> T only(Class<T> type, List<Object> messages) {
    List<T> found = messages.stream().filter(type::isInstance).map(type::cast).toList();
    assertThat(found).as("%s among %s", type.getSimpleName(), messages).hasSize(1);
    return found.get(0);
  }

  private static void die(int number, int at) {
    if (number == at) {
      throw new IllegalStateException("Killed before transaction " + at);
    }
  }

  @Test
  void saysThatARefusedStartFailedThoughKafkaWasAwayAtTheTime() {
    refusedStart();
    stage.sender.failNext(1);
    assertThatThrownBy(() -> stage.report(NEXT)).isInstanceOf(KafkaException.class);
    Stage restarted = new Stage(ledger);
    restarted.report(NEXT);
    assertThat(only(DomainFailed.class, restarted.sender.takeMessages()).problem())
        .isEqualTo(EPOCH);
    assertThat(stage.usedVcpus("a")).isZero();
  }

  @Test
  void saysItWithTheSameIdWhenItDiedBeforeTheClaimHadEnded() {
    refusedStart();
    ledger.before(number -> die(number, 4)); // report, claims, the failure's words, the claim's end
    assertThatThrownBy(() -> stage.report(NEXT)).hasMessageContaining("Killed");
    List<OutgoingRecord> first = stage.sender.take();
    ledger.before(number -> {});
    assertThat(stage.usedVcpus("a")).isEqualTo(1);
    Stage restarted = new Stage(ledger);
    restarted.report(NEXT);
    assertThat(restarted.sender.take()).hasSize(1).isEqualTo(first);
    assertThat(stage.usedVcpus("a")).isZero();
  }

  @Test
  void endsNoClaimWhoseDomainWasSaidToRunWhileTheReportWasCompared() {
    refusedStart();
    Stage elsewhere = new Stage(ledger);
    ledger.before(
        number -> {
          if (number == 3) {
            elsewhere.event(subject, 1, new DomainStarted(id("a"), "tcg"));
          }
        });
    stage.report(NEXT);
    assertThat(stage.sender.takeMessages()).isEmpty();
    assertThat(stage.usedVcpus("a")).isEqualTo(1);
  }

  @Test
  void saysThatARefusedVolumeFailedThoughKafkaWasAwayAtTheTime() {
    stage.command(stage.placeVolume(subject));
    CreateVolume create = only(CreateVolume.class, stage.sender.takeMessages());
    CommandSuperseded refusal = new CommandSuperseded(create.header().id(), EPOCH);
    UUID event = UUID.randomUUID();
    stage.sender.failNext(1);
    assertThatThrownBy(() -> stage.event(event, id("a"), subject, 1, refusal))
        .isInstanceOf(KafkaException.class);
    Stage restarted = new Stage(ledger);
    restarted.event(event, id("a"), subject, 1, refusal);
    List<OutgoingRecord> said = restarted.sender.take();
    assertThat(said).hasSize(1);
    assertThat(RememberingSender.open(said.get(0)).data()).isInstanceOf(VolumeFailed.class);
    restarted.event(event, id("a"), subject, 1, refusal);
    assertThat(restarted.sender.take()).as("a replay says the same").isEqualTo(said);
  }
}
