package io.drover.driver.internal.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.id.DomainId;
import io.drover.contracts.operation.Done;
import io.drover.contracts.operation.Suspend;
import io.drover.driver.Domain;
import io.drover.driver.DomainState;
import io.drover.driver.DomainStatus;
import io.drover.driver.DriverListener;
import io.drover.driver.DriverListener.DomainChange;
import io.drover.driver.DriverListener.DomainModification;
import io.drover.driver.StateReason;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What listeners do to one another and to the driver: nothing. */
class ListenersTest {
  private static final int SECONDS = 20;
  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final Listeners listeners = new Listeners(pool);
  private final Domain domain = domain();
  private final BlockingQueue<StateReason> heard = new LinkedBlockingQueue<>();

  @AfterEach
  void end() {
    pool.shutdownNow();
  }

  private static Domain domain() {
    DomainId id = new DomainId(UUID.randomUUID());
    return (Domain)
        Proxy.newProxyInstance(
            Domain.class.getClassLoader(),
            new Class<?>[] {Domain.class},
            (self, method, arguments) -> method.getName().equals("id") ? id : null);
  }

  private static DriverListener to(Consumer<DomainChange> consumer) {
    return new DriverListener() {
      @Override
      public void domainChanged(DomainChange change) {
        consumer.accept(change);
      }
    };
  }

  private DomainChange change(StateReason reason) {
    DomainStatus before = new DomainStatus(DomainState.RUNNING, StateReason.RUNNING_BOOTED);
    DomainStatus after = new DomainStatus(reason.state(), reason);
    return new DomainChange(domain, before, after, false, Instant.EPOCH);
  }

  private List<StateReason> next(int count) throws InterruptedException {
    StateReason[] found = new StateReason[count];
    for (int at = 0; at < count; at++) {
      found[at] = heard.poll(SECONDS, TimeUnit.SECONDS);
    }
    return List.of(found);
  }

  @Test
  void aSlowOneHoldsUpNobodyElse() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    listeners.add(
        to(
            change -> {
              try {
                release.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            }));
    listeners.add(to(change -> heard.add(change.after().reason())));

    listeners.changed(change(StateReason.PAUSED_USER));
    listeners.changed(change(StateReason.RUNNING_UNPAUSED));

    assertThat(next(2)).containsExactly(StateReason.PAUSED_USER, StateReason.RUNNING_UNPAUSED);
    release.countDown();
  }

  @Test
  void oneThatThrowsGoesOnHearingAndSoDoTheOthers() throws InterruptedException {
    listeners.add(
        to(
            change -> {
              heard.add(change.after().reason());
              throw new AssertionError("planted");
            }));
    listeners.add(
        to(
            change -> {
              heard.add(change.after().reason());
              throw new IllegalStateException("planted");
            }));

    listeners.changed(change(StateReason.PAUSED_USER));
    assertThat(next(2)).containsExactly(StateReason.PAUSED_USER, StateReason.PAUSED_USER);
    listeners.changed(change(StateReason.SHUTOFF_CRASHED));
    assertThat(next(2)).containsExactly(StateReason.SHUTOFF_CRASHED, StateReason.SHUTOFF_CRASHED);
  }

  @Test
  void theFirstHearsWhatWasFoundBeforeAnythingElse() throws InterruptedException {
    listeners.changed(change(StateReason.PAUSED_IOERROR));
    listeners.changed(change(StateReason.SHUTOFF_CRASHED));

    listeners.add(to(change -> heard.add(change.after().reason())));
    listeners.changed(change(StateReason.RUNNING_BOOTED));

    assertThat(next(3))
        .containsExactly(
            StateReason.PAUSED_IOERROR, StateReason.SHUTOFF_CRASHED, StateReason.RUNNING_BOOTED);
  }

  @Test
  void aModificationIsHeardOfOnceAllHaveReturnedFromIt() throws InterruptedException {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    BlockingQueue<Boolean> all = new LinkedBlockingQueue<>();
    CountDownLatch release = new CountDownLatch(1);
    listeners.modified(modification("before"), () -> all.add(true));
    assertThat(all).as("nobody listens yet").isEmpty();
    listeners.add(toModifications(told::add));
    assertThat(told.poll(SECONDS, TimeUnit.SECONDS)).isEqualTo("before");
    assertThat(all.poll(SECONDS, TimeUnit.SECONDS)).isTrue();

    Runnable leave =
        listeners.add(
            toModifications(
                job -> {
                  awaitQuietly(release);
                  told.add(job);
                }));
    listeners.modified(modification("slow"), () -> all.add(true));
    assertThat(told.poll(SECONDS, TimeUnit.SECONDS)).isEqualTo("slow");
    assertThat(all).as("one has not returned").isEmpty();
    release.countDown();
    assertThat(all.poll(SECONDS, TimeUnit.SECONDS)).isTrue();
    leave.run();

    CountDownLatch called = new CountDownLatch(1);
    listeners.add(
        toModifications(
            job -> {
              called.countDown();
              throw new IllegalStateException("planted");
            }));
    listeners.modified(modification("failed"), () -> all.add(true));
    assertThat(called.await(SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(all).as("one has failed").isEmpty();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private DomainModification modification(String job) {
    return new DomainModification(
        domain, Optional.of(job), new Suspend(), Done.DONE, Instant.EPOCH);
  }

  private static DriverListener toModifications(Consumer<String> consumer) {
    return new DriverListener() {
      @Override
      public void domainModified(DomainModification modification) {
        consumer.accept(modification.job().orElseThrow());
      }
    };
  }

  @Test
  void oneThatHasLeftHearsNoMore() throws InterruptedException {
    BlockingQueue<StateReason> left = new LinkedBlockingQueue<>();
    Runnable leave = listeners.add(to(change -> left.add(change.after().reason())));
    listeners.add(to(change -> heard.add(change.after().reason())));
    leave.run();

    listeners.changed(change(StateReason.PAUSED_USER));

    assertThat(next(1)).containsExactly(StateReason.PAUSED_USER);
    assertThat(left).isEmpty();
  }

  @Test
  void changesComeInWhileOneIsBeingCalled() throws Exception {
    CompletableFuture<Boolean> locked = new CompletableFuture<>();
    listeners.add(
        to(
            change -> {
              heard.add(change.after().reason());
              if (!locked.isDone()) {
                locked.complete(Thread.holdsLock(listeners));
                // From another thread, and waited for: it would hang if a lock were held here.
                CompletableFuture.runAsync(
                        () -> listeners.changed(change(StateReason.RUNNING_UNPAUSED)), pool)
                    .join();
              }
            }));

    listeners.changed(change(StateReason.PAUSED_USER));

    assertThat(next(2)).containsExactly(StateReason.PAUSED_USER, StateReason.RUNNING_UNPAUSED);
    assertThat(locked.get(SECONDS, TimeUnit.SECONDS)).isFalse();
  }
}
