package io.drover.driver.internal.domain;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.IdSource;
import io.drover.contracts.operation.LiveOperation;
import io.drover.contracts.operation.LiveResult;
import io.drover.contracts.operation.Reset;
import io.drover.contracts.operation.Resume;
import io.drover.contracts.operation.Suspend;
import io.drover.definition.taint.Taint;
import io.drover.driver.Domain;
import io.drover.driver.DomainStatus;
import io.drover.driver.JobInfo;
import io.drover.driver.JobOptions;
import io.drover.driver.OperationHandle;
import io.drover.driver.ShutdownMode;
import io.drover.driver.internal.job.DomainJobs;
import io.drover.driver.internal.journal.JournalEntry;
import io.drover.driver.internal.operation.DomainOperations;
import io.drover.driver.internal.process.LogTail;
import io.drover.driver.internal.process.QemuProcess;
import io.drover.driver.internal.qmp.QmpCommand;
import io.drover.driver.internal.qmp.QmpConnection;
import io.drover.driver.internal.qmp.QmpEvent;
import io.drover.driver.internal.qmp.QmpException;
import io.drover.driver.internal.qmp.QmpExecutor;
import io.drover.driver.internal.qmp.QmpObserver;
import io.drover.driver.internal.qmp.RunState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A domain with a QEMU: its process, its monitor, and what is known of it. */
final class LocalDomain implements Domain, QmpExecutor {
  private static final Logger LOG = LoggerFactory.getLogger(LocalDomain.class);
  private static final Duration EXIT_AFTER_MONITOR = Duration.ofSeconds(2);
  private static final long LAST_WORDS_MILLIS = 50;

  private final DriverContext surroundings;
  private final QemuProcess process;
  private final LogTail words;
  private final DomainStore books;
  private final LifecyclePolicy ending;
  private final Monitor monitor;
  private final DomainGuest guest;
  private final DomainOperations operations;
  private final AtomicBoolean examining = new AtomicBoolean();
  private final AtomicBoolean looking = new AtomicBoolean();

  LocalDomain(
      DriverContext surroundings,
      JournalEntry entry,
      DomainStateMachine course,
      QemuProcess process,
      LogTail words) {
    this.surroundings = surroundings;
    this.process = process;
    this.words = words;
    this.ending = new LifecyclePolicy(this, surroundings.pool());
    this.books = new DomainStore(this, surroundings, entry, course);
    this.monitor =
        new Monitor(
            entry, surroundings.options(), new EventSink(), this::lookAgain, this::fellSilent);
    this.guest = new DomainGuest(this, books, surroundings.options());
    this.operations =
        new DomainOperations(
            surroundings.operations().table(),
            guest,
            new DomainJobs(
                entry.name(), surroundings.options().clock(), surroundings.options().nanoTicker()),
            surroundings.pool(),
            surroundings.options().clock(),
            () -> IdSource.random().next().toString());
  }

  /** It as its operations see it. */
  DomainGuest guest() {
    return guest;
  }

  /** From now on the end of the process ends the domain. */
  void watch() {
    process.onExit(() -> surroundings.aside(this::exited));
  }

  /** From now on it is told when a process beside QEMU ends before QEMU. */
  void watchCompanions() {
    surroundings
        .companions()
        .watch(folder(), mark -> surroundings.aside(() -> companionEnded(mark)));
  }

  /** They end with QEMU, some a moment before it. */
  private void companionEnded(String mark) {
    if (!process.awaitExit(EXIT_AFTER_MONITOR)) {
      LOG.error(
          "The process with {} has ended; the guest of domain {} waits for it in vain until it is"
              + " started anew",
          mark,
          id());
    }
  }

  /** Connects to the monitor once. */
  void connect() throws IOException {
    monitor.connect();
  }

  private final class EventSink implements QmpObserver {
    @Override
    public void event(QmpEvent event) {
      books.heard(event);
      ending.heard(event);
      surroundings.operations().heard(event, operations);
    }

    @Override
    public void answered(String command, Instant startedAt, Duration took, boolean done) {
      surroundings.listeners().answered(LocalDomain.this, command, startedAt, took, done);
    }

    @Override
    public void answeredLate() {
      surroundings.aside(LocalDomain.this::lookAgain);
    }

    @Override
    public void disconnected() {
      if (!books.ended()) {
        surroundings.aside(LocalDomain.this::monitorClosed);
      }
    }
  }

  /** Ends QEMU, in no hurry first. */
  void endProcess() {
    QemuTerminator.end(this, process, surroundings.options());
  }

  /** What becomes of QEMU when its guest has ended. */
  LifecyclePolicy ending() {
    return ending;
  }

  /** What QEMU said last, as why it ends, may still be on its way when it has exited. */
  private void exited() {
    monitor.drain(EXIT_AFTER_MONITOR);
    books.end(process, words.read());
  }

  /** QEMU closes its monitor a moment before it exits; waiting for that holds nobody up. */
  private void monitorClosed() {
    if (process.awaitExit(EXIT_AFTER_MONITOR)) {
      books.end(process, words.read());
    } else if (monitor.open().isEmpty()) {
      books.change(current -> current.unresponsive("QEMU has closed its monitor and goes on"));
    }
  }

  /** Once at a time: a monitor that ends after each answer would have it ask for ever. */
  private void lookAgain() {
    if (!looking.compareAndSet(false, true)) {
      return;
    }
    try {
      RunState.Status found = monitor.execute(RunState.queryStatus());
      books.find(current -> current.found(found));
    } catch (ProblemException e) {
      LOG.info("The QEMU of domain {} does not say how it is: {}", id(), e.getMessage());
    } finally {
      looking.set(false);
    }
  }

  /** Refuses a process that answers in QEMU's place. */
  void requireItself(long peer) {
    monitor.requireQemu(peer);
  }

  /** A command got no answer: QEMU is asked how it is, and never to do it again. */
  private void fellSilent() {
    if (examining.compareAndSet(false, true)) {
      surroundings.aside(this::examine);
    }
  }

  private void examine() {
    try {
      monitor.open().ifPresent(session -> session.execute(RunState.queryStatus()));
    } catch (QmpException.TimedOut e) {
      String why = String.valueOf(e.getMessage());
      books.find(current -> monitor.silent() ? current.unresponsive(why) : current);
    } catch (QmpException e) {
      LOG.info("The monitor of domain {} has ended: {}", id(), e.getMessage());
    } finally {
      examining.set(false);
    }
  }

  /** The process was gone before we came. */
  void concludeGone(DomainStateMachine last) {
    books.endBefore(last);
  }

  /** Takes over what QEMU says of itself. */
  void observe(UnaryOperator<DomainStateMachine> change) {
    books.findNow(change);
  }

  /** Makes the journal's entry with the process, before the monitor is up. */
  CompletableFuture<Boolean> journalBirth() {
    return books.journalBirth();
  }

  /** Until {@link #born}, nobody hears of the domain. */
  void beginStart() {
    books.beginStart();
  }

  /** The start has succeeded, unless QEMU has just ended. */
  void born(boolean paused) {
    books.born(paused);
  }

  @Override
  public <R> R execute(QmpCommand<R> command) {
    if (books.ended()) {
      throw new ProblemException(
          ErrorCode.INVALID_STATE, "Domain " + name() + " has ended; start it first.");
    }
    return monitor.execute(command);
  }

  Optional<QmpConnection> openMonitor() {
    return monitor.open();
  }

  @Override
  public void shutDown(ShutdownMode mode) {
    guest.forgetReboot();
    new GuestShutdown(this, surroundings.options()).ask(mode);
  }

  @Override
  public void destroy() {
    if (books.ended()) {
      return;
    }
    books.change(DomainStateMachine::destroying);
    QemuTerminator.end(this, process, surroundings.options());
    if (awaitEnd(surroundings.options().stopDeadline()).isEmpty()) {
      throw new ProblemException(
          ErrorCode.QEMU_UNRESPONSIVE, "The end of domain " + name() + " was not noticed in time.");
    }
  }

  @Override
  public void pause() {
    execute(new Suspend());
  }

  @Override
  public void resume() {
    execute(new Resume());
  }

  @Override
  public void reset() {
    execute(new Reset());
  }

  @Override
  public <R extends LiveResult> R execute(LiveOperation<R> operation) {
    return operations.execute(operation);
  }

  @Override
  public <R extends LiveResult> OperationHandle<R> submit(
      LiveOperation<R> operation, JobOptions options) {
    return operations.submit(operation, options);
  }

  @Override
  public List<JobInfo> jobs() {
    return operations.jobs();
  }

  @Override
  public void abortJob(String id) {
    operations.abort(id);
  }

  /** Goes on with the operations that an earlier driver has left. */
  void resumeOperations() {
    operations.resume();
    surroundings.operations().look(operations);
  }

  @Override
  public String qmp(String command, String argumentsJson) {
    if (!taints().contains(Taint.CUSTOM_MONITOR)) {
      LOG.warn("Domain {} ({}) is tainted: {}", id(), name(), Taint.CUSTOM_MONITOR.word());
      books.record(known -> known.withTaint(Taint.CUSTOM_MONITOR));
    }
    return execute(QmpCommand.raw(command, argumentsJson)).toString();
  }

  @Override
  public Optional<DomainStatus> awaitEnd(Duration deadline) {
    return books.awaitEnd(deadline);
  }

  @Override
  public void tag(Map<String, String> tags) {
    books.tag(tags);
  }

  /** Lets the monitor go; QEMU goes on, and what was begun with it is the next driver's. */
  void release() {
    guest.close();
    operations.close();
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
    return books.entry().folder();
  }

  @Override
  public DomainId id() {
    return books.entry().id();
  }

  @Override
  public String name() {
    return books.entry().name();
  }

  @Override
  public String definitionXml() {
    return books.entry().definition();
  }

  @Override
  public DomainStatus status() {
    return books.status();
  }

  @Override
  public long pid() {
    return process.identity().pid();
  }

  @Override
  public String accelerator() {
    return books.entry().accelerator();
  }

  @Override
  public Map<String, String> tags() {
    return books.entry().tags();
  }

  @Override
  public Set<Taint> taints() {
    return books.entry().taints();
  }

  @Override
  public Optional<Path> consoleSocket() {
    return books.entry().consoleSocket();
  }

  @Override
  public Optional<Path> consoleLog() {
    return books.entry().consoleLog();
  }
}
