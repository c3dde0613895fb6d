package io.drover.agent.command;

import io.drover.agent.event.EventCause;
import io.drover.agent.event.EventPublisher;
import io.drover.agent.event.HostPaths;
import io.drover.agent.trace.Tracing;
import io.drover.contracts.command.CommandHeader;
import io.drover.contracts.event.Event;
import io.drover.contracts.event.StepCompleted;
import io.drover.contracts.message.EventSubject;
import io.drover.contracts.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * One run of one command: measures its steps, announces them as they end, and remembers in which
 * step it is, for the case that it fails there.
 */
public final class CommandRun {
  private static final Logger LOG = Logger.getLogger(CommandRun.class);

  private final EventCause cause;
  private final EventSubject about;
  private final boolean resumed;
  private final boolean operator;
  private final Instant expiresAt;
  private final EventPublisher events;
  private final TimeSource clock;
  private final Tracing tracing;
  private final Runnable onFinish;
  private final AtomicBoolean finished = new AtomicBoolean();
  private volatile String step = "accept-command";

  CommandRun(
      CommandHeader header,
      boolean resumed,
      EventPublisher events,
      TimeSource clock,
      Tracing tracing,
      Runnable onFinish) {
    this.cause = EventCause.of(header.id());
    this.about = EventSubject.of(header);
    this.resumed = resumed;
    this.operator = header.operator();
    this.expiresAt = header.expiresAt();
    this.events = events;
    this.clock = clock;
    this.tracing = tracing;
    this.onFinish = onFinish;
  }

  /** What the events of this command come from. */
  public EventCause cause() {
    return cause;
  }

  public EventSubject about() {
    return about;
  }

  /** Whether this command may have run in part before a restart of the agent. */
  public boolean resumed() {
    return resumed;
  }

  /** Whether it is too late to begin. */
  public boolean expired() {
    return !clock.instant().isBefore(expiresAt);
  }

  public Instant expiresAt() {
    return expiresAt;
  }

  /** The time on the agent's clock. */
  public Instant now() {
    return clock.instant();
  }

  /** The agent's monotonic clock, for {@link #since}. */
  public long nanos() {
    return clock.nanos();
  }

  /** The time that has passed since an earlier {@link #nanos}. */
  public Duration since(long earlier) {
    return clock.since(earlier);
  }

  /** Does one step and announces it with its duration once it succeeded. */
  public <T> T step(String name, Supplier<T> work) {
    step = name;
    Instant begin = clock.instant();
    long begun = clock.nanos();
    T result = tracing.inSpan(name, work);
    completed(name, begin, clock.since(begun));
    return result;
  }

  /** Announces a step that another part has measured. */
  public void completed(String name, Instant startedAt, Duration took) {
    events.announce(cause, about, new StepCompleted(name, startedAt, took.toNanos() / 1_000));
  }

  /** Says in which step a failure would be from now on. */
  public void enter(String name) {
    step = name;
  }

  /** The step that is under way, or the last one. */
  public String currentStep() {
    return step;
  }

  /**
   * Announces what the command has led to. Only an operator, who may name files of a host, reads
   * where they are; the log has the full text for whoever looks.
   */
  public void announce(Event event) {
    Event shown = operator ? event : HostPaths.hiddenIn(event);
    if (!shown.equals(event)) {
      LOG.infof("Published without this host's paths; in full: %s", event);
    }
    events.announce(cause, about, shown);
  }

  /** The command is done with; only the first call counts. What it announced is safe by then. */
  public void finish() {
    if (finished.compareAndSet(false, true)) {
      onFinish.run();
    }
  }
}
