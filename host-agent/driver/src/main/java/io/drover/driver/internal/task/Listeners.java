package io.drover.driver.internal.task;

import io.drover.contracts.id.DomainId;
import io.drover.driver.Domain;
import io.drover.driver.DriverListener;
import io.drover.driver.DriverListener.DomainChange;
import io.drover.driver.DriverListener.DomainModification;
import io.drover.driver.DriverListener.QmpNotice;
import io.drover.driver.LifecycleEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listeners of one driver. Each hears of each domain in order and one call at a time, on
 * threads of the pool that hold no lock of the driver: one that takes its time or fails holds up
 * neither the domain nor the other listeners, nor what it is to hear of other domains. Thread-safe.
 */
public final class Listeners {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  /** For a program that never listens; the oldest go first. */
  private static final int MAX_UNHEARD = 10_000;

  /** A guest that has broken out changes its state without end: then steps in between are lost. */
  private static final int MAX_CHANGES = 1024;

  private final Executor pool;
  private final List<Registration> registrations = new CopyOnWriteArrayList<>();

  /** What was found at the opening waits for the first listener, which can only come later. */
  private final Deque<Consumer<Registration>> unheard = new ArrayDeque<>();

  private boolean anybodyYet;

  public Listeners(Executor pool) {
    this.pool = pool;
  }

  /** A listener, and its turn for each domain. */
  private final class Registration {
    private final DriverListener listener;
    private final Map<DomainId, SerialExecutor> turns = new ConcurrentHashMap<>();
    private final Map<DomainId, Deque<Publication>> waiting = new HashMap<>();

    Registration(DriverListener listener) {
      this.listener = listener;
    }

    SerialExecutor turnOf(Domain domain) {
      return turns.computeIfAbsent(domain.id(), id -> new SerialExecutor(pool));
    }

    public void changed(Publication publication) {
      Domain domain = publication.change().domain();
      SerialExecutor turn = turnOf(domain);
      Deque<Publication> pending = waiting.computeIfAbsent(domain.id(), id -> new ArrayDeque<>());
      if (pending.size() < MAX_CHANGES) {
        pending.add(publication);
        turn.execute(() -> callNext(domain, pending));
      } else {
        pending.add(joined(pending.removeLast(), publication));
      }
      if (publication.change().after().ended()) {
        turn.execute(() -> forget(domain.id(), turn));
      }
    }

    void lifecycle(LifecycleEvent event) {
      SerialExecutor turn = turnOf(event.domain());
      turn.execute(() -> call(event.domain(), hearing -> hearing.lifecycle(event)));
      turn.execute(() -> forget(event.domain().id(), turn));
    }

    /** One that has failed, or is gone by its turn, has not heard of it. */
    void modified(DomainModification modification, Runnable heard) {
      SerialExecutor turn = turnOf(modification.domain());
      turn.execute(
          () ->
              call(
                  modification.domain(),
                  hearing -> {
                    hearing.domainModified(modification);
                    heard.run();
                  }));
      turn.execute(() -> forget(modification.domain().id(), turn));
    }

    private void callNext(Domain domain, Deque<Publication> pending) {
      Publication next;
      synchronized (Listeners.this) {
        next = pending.remove();
      }
      call(domain, hearing -> hearing.domainChanged(next.change()));
      next.events().forEach(event -> call(domain, hearing -> hearing.lifecycle(event)));
    }

    /**
     * Publications are added under the same lock, so that none can slip into a turn that is
     * forgotten.
     */
    private void forget(DomainId id, SerialExecutor turn) {
      synchronized (Listeners.this) {
        if (turn.idle()) {
          turns.remove(id, turn);
          waiting.remove(id);
        }
      }
    }

    void call(Domain domain, Consumer<DriverListener> call) {
      if (!registrations.contains(this)) {
        return;
      }
      try {
        call.accept(listener);
      } catch (RuntimeException | Error e) {
        // Whatever a listener throws is its own affair: the driver's thread goes on.
        LOG.error("A listener threw on an event of domain {}", domain.id(), e);
      }
    }
  }

  /** Registers a listener; the first hears what was found at the opening before anything else. */
  public synchronized Runnable add(DriverListener listener) {
    Registration registration = new Registration(listener);
    registrations.add(registration);
    anybodyYet = true;
    unheard.forEach(each -> each.accept(registration));
    unheard.clear();
    return () -> registrations.remove(registration);
  }

  /** A change, and libvirt's events of it. */
  private record Publication(DomainChange change, List<LifecycleEvent> events) {}

  /** Only hands the change over: no listener runs in here. */
  public void changed(DomainChange change) {
    changed(change, List.of());
  }

  /** As {@link #changed(DomainChange)}, with libvirt's events of the change. */
  public synchronized void changed(DomainChange change, List<LifecycleEvent> events) {
    Publication publication = new Publication(change, List.copyOf(events));
    if (anybodyYet) {
      registrations.forEach(registration -> registration.changed(publication));
    } else {
      keep(registration -> registration.changed(publication));
    }
  }

  private void keep(Consumer<Registration> publication) {
    unheard.add(publication);
    if (unheard.size() > MAX_UNHEARD) {
      unheard.remove();
    }
  }

  /**
   * A domain has changed without an operation that waited for it.
   *
   * @param heard called on a listener's thread once all listeners have returned from it
   */
  public synchronized void modified(DomainModification modification, Runnable heard) {
    if (anybodyYet) {
      AtomicInteger left = new AtomicInteger(registrations.size());
      for (Registration each : registrations) {
        each.modified(
            modification,
            () -> {
              if (left.decrementAndGet() == 0) {
                heard.run();
              }
            });
      }
    } else {
      keep(registration -> registration.modified(modification, heard));
    }
  }

  /** The events in between are lost with the steps in between. */
  private static Publication joined(Publication first, Publication then) {
    DomainChange last = then.change();
    return new Publication(
        new DomainChange(
            last.domain(),
            first.change().before(),
            last.after(),
            first.change().observed(),
            last.at()),
        then.events());
  }

  /** An event without a change of state, as of a definition; the caller waits for no listener. */
  public synchronized void lifecycle(LifecycleEvent event) {
    registrations.forEach(registration -> registration.lifecycle(event));
  }

  /** A guest can cause events without end, so they are dropped when too many wait. */
  public synchronized void heard(QmpNotice notice) {
    for (Registration each : registrations) {
      each.turnOf(notice.domain())
          .executeOrDrop(
              notice.dataJson().length(),
              () -> each.call(notice.domain(), listener -> listener.qmpEvent(notice)));
    }
  }

  /** Told on this thread. */
  public void answered(
      Domain domain, String command, Instant startedAt, Duration took, boolean done) {
    for (Registration each : registrations) {
      each.call(domain, listener -> listener.qmpAnswered(domain, command, startedAt, took, done));
    }
  }
}
