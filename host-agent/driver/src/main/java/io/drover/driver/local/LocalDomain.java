package io.drover.driver.local;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.DomainId;
import io.drover.driver.Domain;
import io.drover.driver.DomainState;
import io.drover.driver.DomainStatus;
import io.drover.driver.DriverListener.DomainChange;
import io.drover.driver.DriverListener.QmpNotice;
import io.drover.driver.ShutdownMode;
import io.drover.driver.StartOptions;
import io.drover.driver.Taint;
import io.drover.driver.journal.JournalEntry;
import io.drover.driver.process.LogTail;
import io.drover.driver.process.QemuProcess;
import io.drover.driver.qmp.QmpCommand;
import io.drover.driver.qmp.QmpConnection;
import io.drover.driver.qmp.QmpEvent;
import io.drover.driver.qmp.QmpSink;
import io.drover.driver.qmp.RunState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A domain with a QEMU. Its state and journal entry are written by tasks of its serial executor
 * alone; listeners are called from a second one, so that they may wait for the first.
 */
final class LocalDomain implements Domain {
  private static final Logger LOG = LoggerFactory.getLogger(LocalDomain.class);
  private static final Duration EXIT_AFTER_MONITOR = Duration.ofSeconds(2);

  private static final long LAST_WORDS_MILLIS = 50;

  private final Surroundings surroundings;
  private final QemuProcess process;
  private final LogTail words;
  private final SerialExecutor work;
  private final SerialExecutor callbacks;
  private final SerialExecutor disk;
  private final CompletableFuture<DomainStatus> end = new CompletableFuture<>();
  private volatile JournalEntry entry;
  private volatile StateCourse course;
  private volatile boolean starting;
  private final Monitor monitor;

  LocalDomain(
      Surroundings surroundings,
      JournalEntry entry,
      StateCourse course,
      QemuProcess process,
      LogTail words) {
    this.surroundings = surroundings;
    this.entry = entry;
    this.course = course;
    this.process = process;
    this.words = words;
    this.work = new SerialExecutor(surroundings.pool());
    this.callbacks = new SerialExecutor(surroundings.pool());
    this.disk = new SerialExecutor(surroundings.pool());
    this.monitor = new Monitor(entry, surroundings.options(), new EventSink(), this::lookAgain);
  }

  /** From now on the end of the process ends the domain. */
  void watch() {
    process.onExit(() -> surroundings.aside(this::exited));
  }

  /** Connects to the monitor once. */
  void connect() throws IOException {
    monitor.connect();
  }

  private final class EventSink implements QmpSink {
    @Override
    public void event(QmpEvent event) {
      work.execute(() -> received(event));
    }

    @Override
    public void answered(String command, Instant startedAt, Duration took, boolean done) {
      surroundings.tell(
          LocalDomain.this,
          listener -> listener.qmpAnswered(LocalDomain.this, command, startedAt, took, done));
    }

    @Override
    public void disconnected() {
      if (!end.isDone()) {
        surroundings.aside(LocalDomain.this::monitorClosed);
      }
    }
  }

  private void received(QmpEvent event) {
    QmpNotice notice = new QmpNotice(this, event.name(), event.data().toString(), event.at());
    callbacks.executeOrDrop(() -> surroundings.tell(this, listener -> listener.qmpEvent(notice)));
    move(current -> current.on(event), false);
    if (event.name().equals("SHUTDOWN")) {
      surroundings.aside(this::endAfterShutdown);
    }
  }

  /** With {@code -no-shutdown} QEMU waits to be ended once its guest has powered off. */
  private void endAfterShutdown() {
    try {
      Stopping.end(this, process, surroundings.options());
    } catch (ProblemException e) {
      LOG.error("The QEMU of domain {} does not end after its guest has", id(), e);
    }
  }

  /** What QEMU said last, as why it ends, may still be on its way when it has exited. */
  private void exited() {
    monitor.drain(EXIT_AFTER_MONITOR);
    work.execute(this::finish);
  }

  /** QEMU closes its monitor a moment before it exits; waiting for that holds nobody up. */
  private void monitorClosed() {
    if (process.awaitExit(EXIT_AFTER_MONITOR)) {
      work.execute(this::finish);
    } else if (monitor.open().isEmpty()) {
      String why = "QEMU has closed its monitor and goes on";
      work.execute(() -> move(current -> current.unresponsive(why), false));
    }
  }

  /** Changes the state; runs on the serial executor. */
  private void move(UnaryOperator<StateCourse> change, boolean observed) {
    DomainStatus before = course.status();
    course = change.apply(course);
    DomainStatus after = course.status();
    if (before.equals(after) || end.isDone()) {
      return;
    }
    entry = entry.withState(after.state().word(), after.reason().word());
    if (!after.ended()) {
      surroundings.journal().write(entry);
      disk.execute(() -> surroundings.journal().sync(id()));
    }
    announce(before, after, observed);
  }

  private void announce(DomainStatus before, DomainStatus after, boolean observed) {
    if (!starting) {
      DomainChange change =
          new DomainChange(this, before, after, observed, surroundings.options().clock().instant());
      callbacks.execute(() -> surroundings.tell(this, listener -> listener.domainChanged(change)));
    }
  }

  private void finish() {
    if (end.isDone() || surroundings.pool().isShutdown()) {
      return;
    }
    StateCourse last = course.ended(process.exitStatus(), words.read());
    conclude(last, false);
  }

  /** Leaves nothing of the domain but its logs. */
  private void conclude(StateCourse last, boolean observed) {
    monitor.close();
    surroundings.handingOver().takeBack(entry.handedOver());
    new DomainFolder(entry.folder()).remove();
    surroundings.journal().remove(id());
    surroundings.onEnd().accept(this);
    move(current -> last, observed);
    end.complete(last.status());
  }

  /** The process was gone before we came. */
  void concludeGone(StateCourse last) {
    await(work.submit(() -> conclude(last, true)));
  }

  /** Takes over what QEMU says of itself. */
  void observe(UnaryOperator<StateCourse> change) {
    await(work.submit(() -> move(change, true)));
  }

  /** Makes the journal's first entry, before the monitor is up. */
  CompletableFuture<Boolean> journalBirth() {
    return work.submit(() -> surroundings.journal().write(entry));
  }

  /** Until {@link #born}, nobody hears of the domain: a failed start is told by its exception. */
  void beginStart() {
    starting = true;
  }

  /** The start has succeeded, unless QEMU has just ended. */
  void born(boolean paused) {
    await(
        work.submit(
            () -> {
              if (paused) {
                move(StateCourse::stayingPaused, false);
              }
              if (end.isDone()) {
                throw new ProblemException(
                    ErrorCode.QEMU_EXITED, "QEMU ended: " + status().detail());
              }
              if (!paused && status().state() != DomainState.RUNNING) {
                throw new ProblemException(
                    ErrorCode.QEMU_START_FAILED,
                    "QEMU does not run the guest, it is " + status().reason().word());
              }
              starting = false;
              announce(StateCourse.startingUp().status(), status(), false);
            }));
  }

  void expectEndByHost() {
    work.execute(() -> move(StateCourse::destroying, false));
  }

  /** Waits until all that QEMU has said so far is in the state. */
  void settle() {
    await(work.submit(() -> {}));
  }

  private void await(CompletableFuture<Boolean> done) {
    if (Waiting.within(surroundings.options().qmpDeadlines().change(), done).isEmpty()) {
      throw new ProblemException(
          ErrorCode.TIMED_OUT, "Domain " + name() + " is busy; try again later.");
    }
  }

  <R> R execute(QmpCommand<R> command) {
    if (end.isDone()) {
      throw new ProblemException(
          ErrorCode.INVALID_STATE, "Domain " + name() + " has ended; start it first.");
    }
    return monitor.execute(command);
  }

  Optional<QmpConnection> openMonitor() {
    return monitor.open();
  }

  private void lookAgain() {
    RunState.Status found = monitor.execute(RunState.queryStatus());
    work.execute(() -> move(state -> state.found(found), true));
  }

  @Override
  public void shutDown(ShutdownMode mode) {
    new GuestShutdown(this, surroundings.options().qmpDeadlines()).ask(mode);
  }

  @Override
  public void destroy() {
    if (end.isDone()) {
      return;
    }
    expectEndByHost();
    Stopping.end(this, process, surroundings.options());
    if (awaitEnd(surroundings.options().stopDeadline()).isEmpty()) {
      throw new ProblemException(
          ErrorCode.QEMU_UNRESPONSIVE, "The end of domain " + name() + " was not noticed in time.");
    }
  }

  @Override
  public void pause() {
    work.execute(() -> move(StateCourse::pausing, false));
    execute(RunState.stop());
    settle();
  }

  @Override
  public void resume() {
    execute(RunState.cont());
    settle();
  }

  @Override
  public void reset() {
    execute(RunState.systemReset());
  }

  @Override
  public String qmp(String command, String argumentsJson) {
    if (!entry.taints().contains(Taint.CUSTOM_MONITOR)) {
      LOG.warn("Domain {} ({}) is tainted: {}", id(), name(), Taint.CUSTOM_MONITOR.word());
      record(known -> known.withTaint(Taint.CUSTOM_MONITOR));
    }
    return execute(QmpCommand.raw(command, argumentsJson)).toString();
  }

  @Override
  public Optional<DomainStatus> awaitEnd(Duration deadline) {
    return Waiting.within(deadline, end);
  }

  @Override
  public void tag(Map<String, String> tags) {
    Map<String, String> copy = StartOptions.plain().withTags(tags).tags();
    record(known -> known.withTags(copy));
  }

  /** Changes the entry; it is on stable storage when the call returns. */
  private void record(UnaryOperator<JournalEntry> change) {
    await(
        work.submit(
            () -> {
              entry = change.apply(entry);
              if (!end.isDone()) {
                surroundings.journal().write(entry);
                surroundings.journal().sync(id());
              }
            }));
  }

  /** Lets the monitor go; QEMU goes on. */
  void release() {
    monitor.close();
  }

  QemuProcess process() {
    return process;
  }

  /** What QEMU has printed; all of it when the process is about to end by itself. */
  String lastWords(QemuProcess ending) {
    ending.exitWithin(LAST_WORDS_MILLIS);
    return words.read();
  }

  Path folder() {
    return entry.folder();
  }

  @Override
  public DomainId id() {
    return entry.id();
  }

  @Override
  public String name() {
    return entry.name();
  }

  @Override
  public String definitionXml() {
    return entry.definition();
  }

  @Override
  public DomainStatus status() {
    return course.status();
  }

  @Override
  public long pid() {
    return process.identity().pid();
  }

  @Override
  public String accelerator() {
    return entry.accelerator();
  }

  @Override
  public Map<String, String> tags() {
    return entry.tags();
  }

  @Override
  public Optional<Path> consoleSocket() {
    return entry.consoleSocket();
  }

  @Override
  public Optional<Path> consoleLog() {
    return entry.consoleLog();
  }

  @Override
  public Set<Taint> taints() {
    return entry.taints();
  }
}
