package io.drover.scheduler.placement;

import static io.drover.scheduler.TestHosts.NOW;
import static io.drover.scheduler.TestHosts.id;
import static io.drover.scheduler.TestHosts.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.command.PlaceDomain;
import io.drover.contracts.command.StartDomain;
import io.drover.contracts.report.HostReport;
import io.drover.scheduler.TestLedger;
import io.drover.scheduler.ledger.model.Claim;
import io.drover.scheduler.ledger.model.ClaimRequest;
import io.drover.scheduler.ledger.model.Host;
import io.drover.scheduler.ledger.model.Subject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The registry of hosts as their reports make it. */
class HostRegistryIT {
  private final Stage stage = new Stage();
  private final UUID domain = UUID.randomUUID();

  private Host known() {
    return stage.ledger.inTransaction(session -> session.hosts().find(id("a"))).orElseThrow();
  }

  private Optional<Host> claim(Host asDecided) {
    PlaceDomain asked = stage.place(domain, 2);
    return stage.ledger.inTransaction(
        session -> {
          session.subjects().lock(domain, Subject.Kind.DOMAIN, Stage.PROJECT);
          return session
              .claims()
              .claim(
                  new ClaimRequest(
                      domain,
                      1,
                      asked.resources(),
                      asked.header().operationId(),
                      Claim.startCommandOf(domain, 1),
                      List.of(asDecided),
                      NOW,
                      NOW.minus(TestLedger.settings().hostDownAfter())));
        });
  }

  @Test
  void passesOverReportsOfAnEarlierEpochOrNumber() {
    HostReport newest = report("a", 7, 5, NOW, 8);
    stage.report(newest);
    stage.report(report("a", 7, 4, NOW.minusSeconds(5), 64));
    stage.report(report("a", 6, 99, NOW.plusSeconds(5), 64));
    stage.report(newest);
    assertThat(known().vcpus()).isEqualTo(8);
    assertThat(known().reportedAt()).isEqualTo(NOW);
    assertThat(known().generation()).isEqualTo(1);
  }

  @Test
  void startsUnderTheNewEpochOnceAnAgentHasRestarted() {
    stage.report(report("a", 7, 5, NOW, 8));
    stage.report(report("a", 8, 1, NOW, 8));
    stage.command(stage.place(domain, 1));
    StartDomain start =
        stage.sender.takeMessages().stream()
            .filter(StartDomain.class::isInstance)
            .map(StartDomain.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(start.header().hostEpoch()).isEqualTo(8);
  }

  @Test
  void claimsNothingForADecisionOverFactsThatHaveChanged() {
    stage.report(report("a", 7, 1, NOW, 8));
    Host asDecided = known();
    stage.report(report("a", 7, 2, NOW, 4));
    assertThat(claim(asDecided)).isEmpty();
    assertThat(claim(known())).isPresent();
  }

  @Test
  void claimsNothingOnAHostThatHasGoneSilentSinceTheDecision() {
    stage.report(report("a", 7, 1, NOW.minusSeconds(16), 8));
    assertThat(claim(known())).isEmpty();
    assertThat(stage.usedVcpus("a")).isZero();
  }

  @Test
  void countsTheClaimsOfAHostThatWasShrunkBelowThemAndGivesItNoMore() {
    stage.report(report("a", 7, 1, NOW, 8));
    stage.command(stage.place(domain, 6));
    stage.report(report("a", 7, 2, NOW, 4));
    stage.command(stage.place(UUID.randomUUID(), 1));
    assertThat(stage.usedVcpus("a")).isEqualTo(6);
    assertThat(known().freeVcpus()).isEqualTo(-2);
  }
}
