package io.drover.scheduler.placement;

import static io.drover.scheduler.TestHosts.NOW;
import static io.drover.scheduler.TestHosts.id;
import static io.drover.scheduler.TestHosts.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.command.PlaceDomain;
import io.drover.contracts.command.StartDomain;
import io.drover.contracts.event.DomainStopped;
import io.drover.contracts.event.StopReason;
import io.drover.scheduler.ledger.Ledger;
import io.drover.scheduler.ledger.LedgerSession;
import io.drover.scheduler.ledger.store.Ledgers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A start that comes before the end of the domain's former claim was told. */
class WaitingForTheFormerClaimIT {
  private static final long PATIENCE_SECONDS = 60;

  private final Semaphore looked = new Semaphore(0);
  private final CompletableFuture<Void> answer = new CompletableFuture<>();
  private final UUID domain = UUID.randomUUID();
  private final UUID other = UUID.randomUUID();
  private Thread asking = Thread.currentThread();
  private final Stage stage =
      new Stage(
          new CountedLedger(Ledgers.empty()), Map.of("scheduler.former-claim-patience", "PT60S"));
  private PlaceDomain again;

  /** Says when the asking thread has looked at the ledger. */
  private final class CountedLedger implements Ledger {
    private final Ledger real;

    CountedLedger(Ledger real) {
      this.real = real;
    }

    @Override
    public <T> T inTransaction(Function<LedgerSession, T> work) {
      T result = real.inTransaction(work);
      if (Thread.currentThread() == asking) {
        looked.release();
      }
      return result;
    }
  }

  @BeforeEach
  void asksForAStartThatFindsTheFormerClaim() throws Exception {
    stage.report(report("a", 7, 1, NOW, 8));
    stage.command(stage.place(domain, 1));
    stage.command(stage.place(other, 1));
    stage.sender.take();
    looked.drainPermits();
    again = stage.place(domain, 1);
    asking =
        new Thread(
            () -> {
              try {
                stage.command(again);
                answer.complete(null);
              } catch (RuntimeException e) {
                answer.completeExceptionally(e);
              }
            });
    asking.start();
    awaitLook();
  }

  @AfterEach
  void end() throws Exception {
    asking.interrupt();
    asking.join();
  }

  private void awaitLook() throws InterruptedException {
    assertThat(looked.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  private List<Long> startedGenerations() {
    return stage.sender.takeMessages().stream()
        .filter(StartDomain.class::isInstance)
        .map(start -> ((StartDomain) start).header().generation())
        .toList();
  }

  private static DomainStopped stopped() {
    return new DomainStopped(id("a"), StopReason.SHUTDOWN, "");
  }

  @Test
  void startsAsSoonAsTheEndIsTold() throws Exception {
    stage.event(domain, 1, stopped());
    answer.get(PATIENCE_SECONDS / 2, TimeUnit.SECONDS);
    assertThat(startedGenerations()).containsExactly(2L);
  }

  @Test
  void goesOnWaitingWhenAnotherDomainsClaimHasEnded() throws Exception {
    stage.event(other, 1, stopped());
    awaitLook();
    stage.event(domain, 1, stopped());
    answer.get(PATIENCE_SECONDS / 2, TimeUnit.SECONDS);
    assertThat(startedGenerations()).containsExactly(2L);
  }

  @Test
  void givesNoAnswerWhenTheServiceStopsMeanwhileSoThatTheCommandIsAnsweredLater() throws Exception {
    asking.interrupt();
    assertThat(answer)
        .failsWithin(java.time.Duration.ofSeconds(PATIENCE_SECONDS))
        .withThrowableOfType(ExecutionException.class)
        .withMessageContaining("The service stops");
    stage.event(domain, 1, stopped());
    stage.command(again);
    assertThat(startedGenerations()).containsExactly(2L);
  }
}
