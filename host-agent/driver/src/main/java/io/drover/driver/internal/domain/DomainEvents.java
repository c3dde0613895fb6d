package io.drover.driver.internal.domain;

import io.drover.driver.DomainState;
import io.drover.driver.DomainStatus;
import io.drover.driver.DriverListener.DomainChange;
import io.drover.driver.DriverListener.QmpNotice;
import io.drover.driver.LifecycleEvent;
import io.drover.driver.LifecycleEvent.Detail;
import io.drover.driver.internal.qmp.QmpEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Publishes what happens to one domain, in the order of the calls, which its store's executor
 * makes; {@link #admit} alone is for any thread. During a start nothing is published: a start that
 * fails is told by its exception.
 */
final class DomainEvents {
  /** Events that wait to be published; a guest that has broken out sends what it likes. */
  private static final int MAX_EVENTS = 256;

  private static final int ROOM_CHECK_SECONDS = 1;
  private final LocalDomain domain;
  private final DriverContext context;
  private final Semaphore room = new Semaphore(MAX_EVENTS);
  private volatile boolean starting;

  DomainEvents(LocalDomain domain, DriverContext context) {
    this.domain = domain;
    this.context = context;
  }

  /**
   * Waits for room for one more QMP event, so that a QEMU that sends faster than events are handled
   * waits, and so does whoever wants its answers.
   *
   * @return false once the driver was closed; otherwise {@link #handled} gives the room back
   */
  boolean admit() {
    try {
      while (!room.tryAcquire(ROOM_CHECK_SECONDS, TimeUnit.SECONDS)) {
        if (context.pool().isShutdown()) {
          return false;
        }
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  void handled() {
    room.release();
  }

  void qmp(QmpEvent event) {
    context
        .listeners()
        .heard(new QmpNotice(domain, event.name(), event.data().toString(), event.at()));
  }

  /**
   * The status has changed.
   *
   * @param observed whether it was found so after nobody had been watching
   * @param detail libvirt's event of the change; empty when it has none
   */
  void changed(DomainStatus before, DomainStatus after, boolean observed, Optional<Detail> detail) {
    if (!starting) {
      publish(before, after, observed, detail.stream().toList());
    }
  }

  private void publish(
      DomainStatus before, DomainStatus after, boolean observed, List<Detail> details) {
    Instant now = context.options().clock().instant();
    context
        .listeners()
        .changed(
            new DomainChange(domain, before, after, observed, now),
            details.stream().map(detail -> new LifecycleEvent(domain, detail, now)).toList());
  }

  /** Suppresses the changes of a start. */
  void beginStart() {
    starting = true;
  }

  /**
   * The start has succeeded: what it suppressed is published as one change, and with the events
   * that libvirt sends, in its order.
   */
  void endStart(DomainStatus before, DomainStatus after) {
    starting = false;
    List<Detail> details =
        after.state() == DomainState.RUNNING
            ? List.of(Detail.RESUMED_UNPAUSED, Detail.STARTED_BOOTED)
            : List.of(Detail.STARTED_BOOTED, Detail.SUSPENDED_PAUSED);
    publish(before, after, false, details);
  }
}
