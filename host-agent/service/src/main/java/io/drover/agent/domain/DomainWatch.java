package io.drover.agent.domain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.drover.agent.console.Consoles;
import io.drover.agent.event.DomainNotices;
import io.drover.agent.event.EventCause;
import io.drover.agent.event.EventPublisher;
import io.drover.agent.event.HostPaths;
import io.drover.agent.event.QmpEventMessage;
import io.drover.agent.host.HostIdentity;
import io.drover.agent.trace.Tracing;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.event.DomainModified;
import io.drover.contracts.event.DomainObserved;
import io.drover.contracts.event.DomainStopped;
import io.drover.contracts.event.Event;
import io.drover.contracts.event.StopReason;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.OperationId;
import io.drover.contracts.json.ContractJson;
import io.drover.driver.Domain;
import io.drover.driver.DomainState;
import io.drover.driver.DomainStatus;
import io.drover.driver.DriverListener;
import io.drover.driver.StateReason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Turns what the driver sees into events. A domain's end is announced once, and once more for each
 * operation that waits for it. Changes during a start are held until the start was announced, so
 * that a guest that stops at once is not said to have stopped before it started. Thread-safe.
 */
final class DomainWatch implements DriverListener {
  private static final Logger LOG = Logger.getLogger(DomainWatch.class);

  private final HostIdentity host;
  private final DomainRecords records;
  private final EventPublisher events;
  private final DomainNotices notices;
  private final Consoles consoles;
  private final OpenVolumes volumes;
  private final Tracing tracing;
  private final Runnable onChange;
  private final Map<DomainId, List<Runnable>> held = new HashMap<>();
  private final Map<DomainId, List<StopWaiter>> waiters = new HashMap<>();

  /**
   * @param notices publishes what a guest can cause without end
   * @param onChange called when what runs has changed; short
   */
  DomainWatch(
      DomainRecords records,
      OpenVolumes volumes,
      DomainNotices notices,
      DomainModule.Services services,
      Runnable onChange) {
    this.host = services.host();
    this.records = records;
    this.events = services.events();
    this.notices = notices;
    this.consoles = services.consoles();
    this.volumes = volumes;
    this.tracing = services.tracing();
    this.onChange = onChange;
  }

  @Override
  public void domainChanged(DomainChange change) {
    synchronized (this) {
      List<Runnable> later = held.get(change.domain().id());
      if (later != null) {
        if (!isStart(change)) {
          later.add(() -> publish(change));
        }
        return;
      }
      publish(change);
    }
    onChange.run();
  }

  /** The driver calls again, the next agent too, until this has returned. */
  @Override
  public synchronized void domainModified(DomainModification modification) {
    List<Runnable> later = held.get(modification.domain().id());
    if (later != null) {
      later.add(() -> publish(modification));
    } else {
      publish(modification);
    }
  }

  private void publish(DomainModification modification) {
    Domain domain = modification.domain();
    records
        .find(domain.id())
        .ifPresentOrElse(
            known -> {
              volumes.settle(domain);
              events.announce(
                  known.about(modification.job().flatMap(DomainWatch::operation).orElse(null)),
                  new DomainModified(host.id(), modification.change(), modification.result()));
            },
            () -> LOG.warnf("Domain %s was modified and no command started it", domain.id()));
  }

  private static Optional<OperationId> operation(String job) {
    try {
      return Optional.of(OperationId.parse(job));
    } catch (ProblemException e) {
      LOG.debugf("The job %s is none of an operation of the gateway", job);
      return Optional.empty();
    }
  }

  @Override
  public void qmpEvent(QmpNotice notice) {
    DomainId id = notice.domain().id();
    notices.qmp(
        new QmpEventMessage(
            host.id(), id, notice.event(), json(notice.dataJson()), timestamp(notice.at())),
        notice.dataJson().length());
  }

  /** The last span of a trace that began with the tenant's request. */
  @Override
  public void qmpAnswered(
      Domain domain, String command, Instant startedAt, Duration took, boolean done) {
    tracing.ended("qmp." + command, startedAt, startedAt.plus(took), done ? null : "refused");
  }

  /** From here on changes of the domain are held. */
  synchronized void startBegins(DomainId id) {
    held.put(id, new ArrayList<>());
  }

  /** Who hears that the domain runs may ask for its console at once, so it opens before that. */
  void consoleOpens(Domain domain) {
    attachConsole(domain);
  }

  /** The start was announced; what happened since is published now. */
  void startSucceeded(Domain domain) {
    synchronized (this) {
      List<Runnable> since = held.remove(domain.id());
      if (since != null) {
        since.forEach(Runnable::run);
      }
    }
    onChange.run();
  }

  /** The start failed and nothing of it is left; its failure is what is published. */
  synchronized void startFailed(DomainId id) {
    held.remove(id);
    notices.ended(id);
  }

  /** Asks to be called at the domain's end. */
  synchronized void awaitStop(DomainId id, StopWaiter waiter) {
    waiters.computeIfAbsent(id, i -> new ArrayList<>()).add(waiter);
  }

  /**
   * Takes the request back.
   *
   * @return whether it was still waiting
   */
  synchronized boolean forget(DomainId id, StopWaiter waiter) {
    List<StopWaiter> waiting = waiters.get(id);
    boolean was = waiting != null && waiting.remove(waiter);
    if (waiting != null && waiting.isEmpty()) {
      waiters.remove(id);
    }
    return was;
  }

  /** A domain that was found running when the agent started. */
  void found(Domain domain, DomainRecord domainRecord) {
    attachConsole(domain);
    DomainStatus status = domain.status();
    events.announce(
        domainRecord.about(),
        new DomainObserved(host.id(), status.state().word(), status.reason().word()));
  }

  /** A domain that should run and is gone; nobody saw how it went. */
  synchronized void missed(DomainRecord domainRecord) {
    stopped(domainRecord.domainId(), StopReason.UNKNOWN, "It was gone when the agent looked.");
  }

  private void attachConsole(Domain domain) {
    Optional<Path> socket = domain.consoleSocket();
    Optional<Path> log = domain.consoleLog();
    if (socket.isPresent() && log.isPresent() && !domain.status().ended()) {
      consoles.attach(domain.id(), socket.get(), log.get());
    }
  }

  private void publish(DomainChange change) {
    DomainId id = change.domain().id();
    DomainStatus after = change.after();
    if (after.ended()) {
      stopped(id, reason(after), after.detail());
      return;
    }
    records
        .find(id)
        .ifPresentOrElse(
            known ->
                notices.observed(
                    id,
                    known.about(),
                    new DomainObserved(host.id(), after.state().word(), after.reason().word())),
            () ->
                LOG.warnf(
                    "Domain %s is %s and is not managed by this agent; no event is published",
                    id, after.state()));
  }

  private void stopped(DomainId id, StopReason reason, String detail) {
    notices.ended(id);
    consoles.detach(id);
    volumes.release(id);
    List<StopWaiter> waiting = waiters.remove(id);
    Optional<DomainRecord> known = records.find(id);
    Event event = HostPaths.hiddenIn(new DomainStopped(host.id(), reason, detail));
    if (!detail.isEmpty()) {
      LOG.infof("Domain %s ended: %s", id, detail);
    }
    boolean published = false;
    for (StopWaiter waiter : waiting == null ? List.<StopWaiter>of() : waiting) {
      waiter.before().run();
      if (waiter.about().isPresent()) {
        events.announce(run(id, waiter.about().get().generation()), waiter.about().get(), event);
        published = true;
      }
    }
    if (known.isPresent() && known.get().startedAt() != null) {
      if (!published) {
        events.announce(run(id, known.get().generation()), known.get().about(), event);
      }
      events.force();
      records.keep(known.get().stopped());
    }
    if (waiting != null) {
      waiting.forEach(waiter -> waiter.then().run());
    }
  }

  private static EventCause run(DomainId id, long generation) {
    return EventCause.ofRun(id, generation);
  }

  private static boolean isStart(DomainChange change) {
    return change.after().state() == DomainState.RUNNING
        && change.before().state() != DomainState.RUNNING
        && change.after().reason() == StateReason.RUNNING_BOOTED;
  }

  private static StopReason reason(DomainStatus status) {
    return switch (status.reason()) {
      case SHUTOFF_SHUTDOWN -> StopReason.SHUTDOWN;
      case SHUTOFF_DESTROYED -> StopReason.DESTROYED;
      case SHUTOFF_CRASHED -> StopReason.CRASHED;
      case SHUTOFF_FAILED -> StopReason.FAILED;
      default -> StopReason.UNKNOWN;
    };
  }

  private static JsonNode json(String text) {
    return ContractJson.read(text.getBytes(StandardCharsets.UTF_8), JsonNode.class);
  }

  private static JsonNode timestamp(Instant at) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("seconds", at.getEpochSecond())
        .put("microseconds", at.getNano() / 1_000);
  }
}
