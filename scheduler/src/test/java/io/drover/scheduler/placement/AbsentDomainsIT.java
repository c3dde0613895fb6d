package io.drover.scheduler.placement;

import static io.drover.scheduler.TestHosts.NOW;
import static io.drover.scheduler.TestHosts.id;
import static io.drover.scheduler.TestHosts.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.command.DeleteDomain;
import io.drover.contracts.command.StartDomain;
import io.drover.contracts.command.StopDomain;
import io.drover.contracts.command.StopMode;
import io.drover.contracts.event.DomainDeleted;
import io.drover.contracts.event.DomainStarted;
import io.drover.contracts.event.DomainStopped;
import io.drover.contracts.event.StopReason;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.report.HostReport.RunningDomain;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Claims whose domains their hosts show no longer, and clocks that differ. */
class AbsentDomainsIT {
  private final Stage stage = new Stage();
  private final UUID domain = UUID.randomUUID();

  private void runs() {
    stage.report(report("a", 7, 1, NOW, 8));
    stage.command(stage.place(domain, 2));
    stage.event(domain, 1, new DomainStarted(id("a"), "tcg"));
    stage.sender.take();
  }

  private void absent(long epoch, long sequence) {
    stage.report(report("a", epoch, sequence, NOW.plusSeconds(sequence * 2), 8));
  }

  private <T> T sent(Class<T> message) {
    return stage.sender.takeMessages().stream()
        .filter(message::isInstance)
        .map(message::cast)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aClaimThatTwoReportsDoNotShowIsAskedAboutAndEndsWithTheAnswer() {
    runs();
    absent(7, 2);
    assertThat(stage.sender.takeMessages()).isEmpty();
    absent(7, 3);
    StopDomain asked = sent(StopDomain.class);
    assertThat(asked.mode()).isEqualTo(StopMode.CONFIRM_END);
    assertThat(asked.header().generation()).isEqualTo(1);
    assertThat(asked.header().hostEpoch()).isEqualTo(7);
    assertThat(stage.usedVcpus("a")).isEqualTo(2);
    stage.event(domain, 1, new DomainStopped(id("a"), StopReason.UNKNOWN, ""));
    assertThat(stage.usedVcpus("a")).isZero();
  }

  @Test
  void aDomainThatIsSeenInBetweenIsNotAskedAbout() {
    runs();
    absent(7, 2);
    stage.report(
        report(
            "a",
            7,
            3,
            NOW.plusSeconds(6),
            8,
            new RunningDomain(new DomainId(domain), 1, "running")));
    absent(7, 4);
    assertThat(stage.sender.takeMessages()).isEmpty();
  }

  @Test
  void reportsOfTwoEpochsAndThoseBeforeTheStartAskNothing() {
    runs();
    stage.report(report("a", 7, 2, NOW.minusSeconds(9), 8));
    stage.report(report("a", 7, 3, NOW.minusSeconds(8), 8));
    absent(7, 4);
    absent(8, 5);
    assertThat(stage.sender.takeMessages()).isEmpty();
  }

  @Test
  void aDomainThatWasDeletedMeanwhileIsRemovedWhenItsHostShowsIt() {
    runs();
    stage.event(domain, 1, new DomainDeleted());
    stage.report(
        report(
            "a",
            8,
            1,
            NOW.plusSeconds(9),
            8,
            new RunningDomain(new DomainId(domain), 1, "running")));
    DeleteDomain order = sent(DeleteDomain.class);
    assertThat(order.header().subject()).isEqualTo(domain);
    assertThat(order.header().hostEpoch()).isEqualTo(8);
    assertThat(stage.usedVcpus("a")).as("it runs as long as it does").isEqualTo(2);
    stage.event(domain, 1, new DomainDeleted());
    assertThat(stage.usedVcpus("a")).isZero();
  }

  @Test
  void aGenerationThatAHostHasSeenIsNeverGivenAgain() {
    runs();
    stage.event(domain, 1, new DomainStopped(id("a"), StopReason.SHUTDOWN, ""));
    stage.report(
        report(
            "a",
            7,
            2,
            NOW.plusSeconds(1),
            8,
            new RunningDomain(new DomainId(domain), 5, "running")));
    stage.event(domain, 5, new DomainStopped(id("a"), StopReason.SHUTDOWN, ""));
    stage.command(stage.place(domain, 2));
    assertThat(sent(StartDomain.class).header().generation()).isEqualTo(6);
  }

  @Test
  void aHostWhoseClockIsAnHourOffGetsWorkThatExpiresByTheSharedClock() {
    for (Duration skew : new Duration[] {Duration.ofHours(1), Duration.ofHours(-1)}) {
      Stage off = new Stage();
      off.report(report("a", 7, 1, NOW.plus(skew), 8), NOW);
      off.command(off.place(UUID.randomUUID(), 2));
      StartDomain start =
          off.sender.takeMessages().stream()
              .filter(StartDomain.class::isInstance)
              .map(StartDomain.class::cast)
              .findFirst()
              .orElseThrow();
      assertThat(start.header().expiresAt()).isEqualTo(NOW.plus(Duration.ofHours(1)));
    }
  }
}
