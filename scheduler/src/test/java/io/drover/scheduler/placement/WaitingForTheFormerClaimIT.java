package io.drover.scheduler.placement;

import static io.drover.scheduler.TestHosts.NOW;
import static io.drover.scheduler.TestHosts.id;
import static io.drover.scheduler.TestHosts.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.command.PlaceDomain;
import io.drover.contracts.command.StartDomain;
import io.drover.contracts.command.StopDomain;
import io.drover.contracts.command.StopMode;
import io.drover.contracts.event.DomainFailed;
import io.drover.contracts.event.DomainStopped;
import io.drover.contracts.event.StopReason;
import io.drover.scheduler.ledger.store.Ledgers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A start that comes before the end of the domain's former claim was told. */
class WaitingForTheFormerClaimIT {
  private final UUID domain = UUID.randomUUID();
  private final UUID other = UUID.randomUUID();
  private final WatchedLedger ledger = new WatchedLedger(Ledgers.empty());
  private final Stage stage = new Stage(ledger, Map.of("scheduler.former-claim-patience", "PT60S"));
  private PlaceDomain again;

  @BeforeEach
  void asksForAStartThatFindsTheFormerClaim() {
    stage.report(report("a", 7, 1, NOW, 8));
    stage.command(stage.place(domain, 1));
    stage.command(stage.place(other, 1));
    stage.sender.take();
    again = stage.place(domain, 1);
    stage.command(again);
  }

  private List<Long> startedGenerations(List<Object> messages) {
    return messages.stream()
        .filter(StartDomain.class::isInstance)
        .map(start -> ((StartDomain) start).header().generation())
        .toList();
  }

  private static DomainStopped stopped() {
    return new DomainStopped(id("a"), StopReason.SHUTDOWN, "");
  }

  @Test
  void startsAsSoonAsTheEndIsToldAndHoldsUpNobodyBefore() {
    assertThat(stage.sender.takeMessages()).isEmpty();
    stage.command(stage.place(UUID.randomUUID(), 1));
    assertThat(startedGenerations(stage.sender.takeMessages())).containsExactly(1L);
    stage.event(other, 1, stopped());
    stage.waiting.run();
    assertThat(stage.sender.takeMessages()).isEmpty();

    stage.event(domain, 1, stopped());

    assertThat(startedGenerations(stage.sender.takeMessages())).containsExactly(2L);
    stage.waiting.run();
    stage.event(domain, 1, stopped());
    assertThat(stage.sender.takeMessages()).as("it is started once").isEmpty();
  }

  @Test
  void isRefusedOnceItHasWaitedLongEnough() {
    stage.now = NOW.plusSeconds(60);
    stage.waiting.run();
    assertThat(stage.sender.takeMessages())
        .singleElement()
        .isInstanceOfSatisfying(
            DomainFailed.class,
            failed -> assertThat(failed.problem().detail()).contains("has a claim already"));
  }

  @Test
  void isSettledBeforeWhatWasAskedForLater() {
    stage.command(new StopDomain(stage.header(domain), StopMode.DESTROY));
    List<Object> said = stage.sender.takeMessages();
    assertThat(said).hasSize(2);
    assertThat(said.get(0)).isInstanceOf(DomainFailed.class);
    assertThat(said.get(1)).isInstanceOf(StopDomain.class);
    stage.event(domain, 1, stopped());
    assertThat(stage.sender.takeMessages()).isEmpty();
  }

  @Test
  void isStillStartedWhenTheSchedulerEndsOrKafkaIsAwayAtThatMoment() {
    stage.sender.failNext(1);
    assertThatThrownBy(() -> stage.event(domain, 1, stopped())).isInstanceOf(KafkaException.class);
    Stage restarted = new Stage(ledger);
    restarted.waiting.run();
    assertThat(startedGenerations(restarted.sender.takeMessages())).containsExactly(2L);
    restarted.command(again);
    assertThat(startedGenerations(restarted.sender.takeMessages()))
        .as("the command that comes again says the same")
        .containsExactly(2L);
  }
}
