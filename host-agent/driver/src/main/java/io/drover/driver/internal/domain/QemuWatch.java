package io.drover.driver.internal.domain;

import io.drover.contracts.error.ProblemException;
import io.drover.driver.internal.process.LogTail;
import io.drover.driver.internal.process.QemuProcess;
import io.drover.driver.internal.qmp.QmpEvent;
import io.drover.driver.internal.qmp.QmpException;
import io.drover.driver.internal.qmp.QmpObserver;
import io.drover.driver.internal.qmp.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one QEMU, its process, its monitor and its sidecars, and takes what it sees to the
 * domain's store. Thread-safe; the observer's methods do not block.
 */
final class QemuWatch implements QmpObserver {
  private static final Logger LOG = LoggerFactory.getLogger(QemuWatch.class);
  private static final Duration EXIT_AFTER_MONITOR = Duration.ofSeconds(2);
  private static final long LAST_OUTPUT_MILLIS = 50;

  private final LocalDomain domain;
  private final DriverContext context;
  private final QemuProcess process;
  private final LogTail output;
  private final AtomicBoolean examining = new AtomicBoolean();
  private final AtomicBoolean refreshing = new AtomicBoolean();

  QemuWatch(LocalDomain domain, DriverContext context, QemuProcess process, LogTail output) {
    this.domain = domain;
    this.context = context;
    this.process = process;
    this.output = output;
  }

  /** From now on the end of the process ends the domain. */
  void watchProcess() {
    process.onExit(() -> context.inBackground(this::exited));
  }

  /** A resource beside QEMU was lost; those that end with QEMU may end a moment before it. */
  void resourceLost(String what) {
    context.inBackground(
        () -> {
          if (!process.awaitExit(EXIT_AFTER_MONITOR)) {
            LOG.error(
                "The helper process {} of domain {} exited before QEMU; the device that it"
                    + " serves is unusable, restart the domain",
                what,
                domain.id());
          }
        });
  }

  @Override
  public void event(QmpEvent event) {
    context.operations().heard(event, domain.operations()); // queued before anybody learns of it
    domain.store().received(event);
    domain.ending().received(event);
  }

  @Override
  public void answered(String command, Instant startedAt, Duration took, boolean done) {
    context.listeners().answered(domain, command, startedAt, took, done);
  }

  @Override
  public void answeredLate() {
    context.inBackground(this::refreshStatus);
  }

  @Override
  public void disconnected() {
    if (!domain.store().ended()) {
      context.inBackground(this::monitorClosed);
    }
  }

  /** QEMU's last events, as why it ends, may still be on their way when it has exited. */
  private void exited() {
    domain.monitor().drain(EXIT_AFTER_MONITOR);
    domain.store().end(process, output.read());
  }

  /** QEMU closes its monitor a moment before it exits; waiting for that holds nobody up. */
  private void monitorClosed() {
    if (process.awaitExit(EXIT_AFTER_MONITOR)) {
      domain.store().end(process, output.read());
    } else if (domain.monitor().open().isEmpty()) {
      domain
          .store()
          .change(current -> current.unresponsive("QEMU has closed its monitor and still runs"));
    }
  }

  /** Once at a time: a monitor that ends after each answer would have it ask indefinitely. */
  void refreshStatus() {
    if (!refreshing.compareAndSet(false, true)) {
      return;
    }
    try {
      RunState.Status found = domain.monitor().execute(RunState.queryStatus());
      domain.store().find(current -> current.found(found));
    } catch (ProblemException e) {
      LOG.info("QMP query-status of domain {} failed: {}", domain.id(), e.getMessage());
    } finally {
      refreshing.set(false);
    }
  }

  /** A command timed out: QEMU's status is queried, and the command never sent again. */
  void commandTimedOut() {
    if (examining.compareAndSet(false, true)) {
      context.inBackground(this::examine);
    }
  }

  private void examine() {
    Monitor monitor = domain.monitor();
    try {
      monitor.open().ifPresent(session -> session.execute(RunState.queryStatus()));
    } catch (QmpException.TimedOut e) {
      String why = String.valueOf(e.getMessage());
      domain.store().find(current -> monitor.silent() ? current.unresponsive(why) : current);
    } catch (QmpException e) {
      LOG.info("The QMP connection of domain {} closed: {}", domain.id(), e.getMessage());
    } finally {
      examining.set(false);
    }
  }

  /** QEMU's output since its start; all of it when the process is about to end by itself. */
  String lastOutput() {
    process.exitWithin(LAST_OUTPUT_MILLIS);
    return output.read();
  }
}
