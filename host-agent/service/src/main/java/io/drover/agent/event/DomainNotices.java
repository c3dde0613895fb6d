package io.drover.agent.event;

import io.drover.contracts.event.DomainObserved;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.message.EventSubject;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what a guest can cause without end, at the rate that each domain has: a plain guest
 * that panics, resets or sleeps in a loop must not fill the spool and the topics. QMP events above
 * the rate are dropped; of states above it the last one is published as soon as the rate allows, so
 * that only steps in between are lost. Both are counted. Thread-safe.
 */
public final class DomainNotices {
  private static final Logger LOG = Logger.getLogger(DomainNotices.class);
  private static final int BYTES_PER_TOKEN = 1024;

  private final EventPublisher events;
  private final EventRate rate;
  private final ScheduledExecutorService timer;
  private final Map<DomainId, Rates> domains = new HashMap<>();
  private final AtomicLong limited = new AtomicLong();

  public DomainNotices(EventPublisher events, EventRate rate, ScheduledExecutorService timer) {
    this.events = events;
    this.rate = rate;
    this.timer = timer;
  }

  /** A state that waits for its turn. */
  private record Waiting(EventSubject about, DomainObserved state) {}

  /** What one domain has left. */
  private static final class Rates {
    private final EventRate.Bucket qmp;
    private final EventRate.Bucket states;
    private @Nullable Waiting waiting;
    private long dropped;

    Rates(EventRate rate) {
      qmp = rate.bucket();
      states = rate.bucket();
    }
  }

  /**
   * Passes an event of QEMU on, unless the domain has caused too many; a large one counts as many.
   *
   * @param bytes of its data
   */
  public synchronized void qmp(QmpEventMessage message, int bytes) {
    Rates of = of(message.domainId());
    if (of.qmp.take(1 + bytes / BYTES_PER_TOKEN)) {
      events.announceQmp(message.domainId(), message);
    } else {
      count(message.domainId(), of);
    }
  }

  /** Publishes the domain's state, now or as the last of several. */
  public synchronized void observed(DomainId id, EventSubject about, DomainObserved state) {
    Rates of = of(id);
    if (of.waiting != null) {
      of.waiting = new Waiting(about, state);
      count(id, of);
    } else if (of.states.take(1)) {
      events.announce(about, state);
    } else {
      of.waiting = new Waiting(about, state);
      later(id, of);
    }
  }

  /** The domain has ended, which is published at once: a state that waits is none any more. */
  public synchronized void ended(DomainId id) {
    domains.remove(id);
  }

  /** QMP events and states that were not published because of the rate, since the start. */
  public long limited() {
    return limited.get();
  }

  private Rates of(DomainId id) {
    return domains.computeIfAbsent(id, domain -> new Rates(rate));
  }

  private void later(DomainId id, Rates of) {
    try {
      timer.schedule(
          () -> publishWaiting(id, of), of.states.untilNext().toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.infof(
          "The agent stops: the state of domain %s is published at its next start, as found", id);
    }
  }

  private synchronized void publishWaiting(DomainId id, Rates of) {
    Waiting last = of.waiting;
    if (last == null || domains.get(id) != of) {
      return;
    }
    if (!of.states.take(1)) {
      later(id, of);
      return;
    }
    try {
      events.announce(last.about(), last.state());
      of.waiting = null;
    } catch (RuntimeException e) {
      LOG.errorf(
          e, "Publishing the state of domain %s failed and is tried again; look at the disk", id);
      later(id, of);
    }
  }

  private void count(DomainId id, Rates of) {
    limited.incrementAndGet();
    of.dropped++;
    if (Long.bitCount(of.dropped) == 1) {
      LOG.warnf(
          "%d events of domain %s were not published: its guest causes more than %d in a second"
              + " (DROVER_EVENT_RATE); its last state is published in any case",
          of.dropped, id, rate.perSecond());
    }
  }
}
