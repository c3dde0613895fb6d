package io.drover.driver.internal.domain;

import io.drover.contracts.definition.Lifecycle;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.DomainState;
import io.drover.driver.internal.qmp.QmpEvent;
import io.drover.driver.internal.qmp.QmpException;
import io.drover.driver.internal.qmp.RunState;
import io.drover.driver.internal.task.SerialExecutor;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does with a QEMU what its definition says once the guest has powered off or panicked.
 * Thread-safe.
 */
final class LifecyclePolicy {
  private static final Logger LOG = LoggerFactory.getLogger(LifecyclePolicy.class);
  private static final String POWERED_OFF = "guest-shutdown";
  private final LocalDomain domain;
  private final AtomicBoolean restarting = new AtomicBoolean();

  /** Whatever QEMU says and how often, one thread answers. */
  private final SerialExecutor turn;

  LifecyclePolicy(LocalDomain domain, Executor pool) {
    this.domain = domain;
    this.turn = new SerialExecutor(pool);
  }

  /** QEMU has sent an event. Does not block. */
  void received(QmpEvent event) {
    switch (event.name()) {
      case "SHUTDOWN" -> {
        String reason = event.data().path("reason").asText();
        inTurn(() -> act(afterShutdown(reason)));
      }
      case "GUEST_PANICKED" -> {
        if (event.data().path("action").asText().equals("pause")) {
          inTurn(() -> act(LifecycleAction.afterPanic(lifecycle())));
        }
      }
      case "RESET" -> {
        if (restarting.compareAndSet(true, false)) {
          inTurn(this::resume);
        }
      }
      default -> {
        // no end
      }
    }
  }

  private void inTurn(Runnable answer) {
    turn.executeOrDrop(
        0,
        () -> {
          if (!domain.status().ended()) {
            answer.run();
          }
        });
  }

  /**
   * Finishes what a driver before this one has left.
   *
   * @param before the state that it knew last
   */
  void settle(DomainState before) {
    switch (domain.status().state()) {
      case SHUTDOWN -> act(afterShutdown(POWERED_OFF));
      case CRASHED -> act(LifecycleAction.afterPanic(lifecycle()));
      case PAUSED -> {
        // It was reset and the guest is to boot.
        if (before == DomainState.SHUTDOWN || before == DomainState.CRASHED) {
          resume();
        }
      }
      default -> {
        // The guest has not ended.
      }
    }
  }

  private LifecycleAction afterShutdown(String reason) {
    return reason.equals(POWERED_OFF) && domain.guest().rebootPending()
        ? LifecycleAction.RESTART
        : LifecycleAction.afterShutdown(reason, lifecycle());
  }

  private Lifecycle lifecycle() {
    return domain.definition().lifecycle();
  }

  private void act(LifecycleAction next) {
    try {
      switch (next) {
        case END -> domain.endProcess();
        case RESTART -> {
          LOG.info(
              "The guest of domain {} ended; rebooting it by its lifecycle action", domain.id());
          restarting.set(true);
          domain.execute(RunState.systemReset()); // goes on at the event RESET
        }
        case KEEP ->
            LOG.info(
                "The guest of domain {} crashed; it is preserved by its lifecycle action, destroy it when inspected",
                domain.id());
      }
    } catch (ProblemException | QmpException e) {
      LOG.error("The lifecycle action of domain {} failed", domain.id(), e);
    }
  }

  private void resume() {
    try {
      domain.execute(RunState.cont());
      domain.guest().forgetReboot();
    } catch (ProblemException | QmpException e) {
      LOG.error("Rebooting the guest of domain {} failed", domain.id(), e);
    }
  }
}
