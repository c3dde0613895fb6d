package io.drover.driver.internal.domain;

import io.drover.driver.DomainStatus;
import io.drover.driver.DriverListener.DomainChange;
import io.drover.driver.DriverListener.QmpNotice;
import io.drover.driver.internal.qmp.QmpEvent;
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
   */
  void changed(DomainStatus before, DomainStatus after, boolean observed) {
    if (!starting) {
      context
          .listeners()
          .changed(
              new DomainChange(
                  domain, before, after, observed, context.options().clock().instant()));
    }
  }

  /** Suppresses the changes of a start. */
  void beginStart() {
    starting = true;
  }

  /** The start has succeeded: what it suppressed is published as one change. */
  void endStart(DomainStatus before, DomainStatus after) {
    starting = false;
    changed(before, after, false);
  }
}
