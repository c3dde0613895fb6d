package io.drover.driver.internal.domain;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainXml;
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
import io.drover.driver.DriverListener.DomainModification;
import io.drover.driver.JobInfo;
import io.drover.driver.JobOptions;
import io.drover.driver.OperationHandle;
import io.drover.driver.ShutdownMode;
import io.drover.driver.internal.define.PersistentDefinition;
import io.drover.driver.internal.job.DomainJobs;
import io.drover.driver.internal.journal.JournalEntry;
import io.drover.driver.internal.operation.DomainOperations;
import io.drover.driver.internal.plan.DisplayPassword;
import io.drover.driver.internal.process.LogTail;
import io.drover.driver.internal.process.QemuProcess;
import io.drover.driver.internal.qmp.QmpCommand;
import io.drover.driver.internal.qmp.QmpExecutor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A domain with a QEMU: its process, its monitor, and what is known of it. */
final class LocalDomain implements Domain, QmpExecutor {
  private static final Logger LOG = LoggerFactory.getLogger(LocalDomain.class);

  private final DriverContext context;
  private final QemuProcess process;
  private final DomainStore store;
  private final LifecyclePolicy ending;
  private final QemuWatch watch;
  private final Monitor monitor;
  private final DomainGuest guest;
  private final DomainOperations operations;

  LocalDomain(
      DriverContext context,
      JournalEntry entry,
      DomainStateMachine machine,
      QemuProcess process,
      LogTail output) {
    this.context = context;
    this.process = process;
    this.ending = new LifecyclePolicy(this, context.pool());
    this.store = new DomainStore(this, context, entry, machine);
    this.watch = new QemuWatch(this, context, process, output);
    this.monitor =
        new Monitor(entry, context.options(), watch, watch::refreshStatus, watch::commandTimedOut);
    this.guest = new DomainGuest(this, store, context.options());
    this.operations =
        new DomainOperations(
            context.operations().table(),
            guest,
            new DomainJobs(entry.name(), context.options().clock(), context.options().nanoTicker()),
            context.pool(),
            context.options().clock(),
            () -> IdSource.random().next().toString());
  }

  DomainStore store() {
    return store;
  }

  QemuWatch watch() {
    return watch;
  }

  Monitor monitor() {
    return monitor;
  }

  /** It as its operations see it. */
  DomainGuest guest() {
    return guest;
  }

  DomainOperations operations() {
    return operations;
  }

  /** Goes on with the operations that an earlier driver has left. */
  void resumeOperations() {
    operations.resume();
    context.operations().look(operations);
  }

  /** What becomes of QEMU when its guest has ended. */
  LifecyclePolicy ending() {
    return ending;
  }

  QemuProcess process() {
    return process;
  }

  /** Ends QEMU: asks first, insists later. */
  void endProcess() {
    QemuTerminator.end(this, process, context.options());
  }

  /** Closes the monitor; QEMU is left running, and what was begun with it is the next driver's. */
  void release() {
    guest.close();
    operations.close();
    monitor.close();
  }

  @Override
  public <R> R execute(QmpCommand<R> command) {
    if (store.ended()) {
      throw new ProblemException(
          ErrorCode.INVALID_STATE, "Domain " + name() + " has ended; start it first.");
    }
    return monitor.execute(command);
  }

  @Override
  public void shutDown(ShutdownMode mode) {
    guest.forgetReboot();
    new GuestShutdown(this, context.options()).ask(mode);
  }

  @Override
  public void destroy() {
    if (store.ended()) {
      return;
    }
    store.change(DomainStateMachine::destroying);
    endProcess();
    if (awaitEnd(context.options().stopDeadline()).isEmpty()) {
      throw new ProblemException(
          ErrorCode.QEMU_UNRESPONSIVE,
          "The end of domain "
              + name()
              + " was not observed before the deadline; see the driver's log.");
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

  @Override
  public String qmp(String command, String argumentsJson) {
    if (!taints().contains(Taint.CUSTOM_MONITOR)) {
      LOG.warn("Domain {} ({}) is tainted: {}", id(), name(), Taint.CUSTOM_MONITOR.word());
      store.record(known -> known.withTaint(Taint.CUSTOM_MONITOR));
    }
    return execute(QmpCommand.raw(command, argumentsJson)).toString();
  }

  @Override
  public Optional<DomainStatus> awaitEnd(Duration deadline) {
    return store.awaitEnd(deadline);
  }

  @Override
  public void tag(Map<String, String> tags) {
    store.tag(tags);
  }

  Path folder() {
    return store.entry().folder();
  }

  @Override
  public DomainId id() {
    return store.entry().id();
  }

  @Override
  public String name() {
    return store.entry().name();
  }

  @Override
  public String definitionXml() {
    return DomainXml.write(definition());
  }

  @Override
  public boolean active() {
    return !store.ended();
  }

  @Override
  public boolean persistent() {
    return context.definitions().find(id()).isPresent();
  }

  @Override
  public boolean autostart() {
    return context.definitions().find(id()).map(PersistentDefinition::autostart).orElse(false);
  }

  @Override
  public DomainDefinition definition() {
    return store.entry().definition();
  }

  /** The definition of the next start, passwords included. */
  Optional<DomainDefinition> defined() {
    return context.definitions().find(id()).map(PersistentDefinition::definition);
  }

  DomainDefinition complete(DomainDefinition definition) {
    return context.completer().complete(definition);
  }

  /** Replaces it by a completed one, which is published. */
  void redefine(DomainDefinition completed) {
    context.definitions().define(completed);
    context.redefined(this);
  }

  /** It has changed without an operation that waited for it. */
  void publish(Optional<String> job, LiveOperation<?> change, LiveResult result, Runnable heard) {
    context
        .listeners()
        .modified(
            new DomainModification(this, job, change, result, context.options().clock().instant()),
            heard);
  }

  @Override
  public Optional<DomainDefinition> persistentDefinition() {
    return defined().map(DisplayPassword::hidden);
  }

  @Override
  public DomainStatus status() {
    return store.status();
  }

  @Override
  public long pid() {
    return process.identity().pid();
  }

  @Override
  public String accelerator() {
    return store.entry().accelerator();
  }

  @Override
  public Map<String, String> tags() {
    return store.entry().tags();
  }

  @Override
  public Set<Taint> taints() {
    return store.entry().taints();
  }

  @Override
  public Optional<Path> consoleSocket() {
    return store.entry().files().consoleSocket();
  }

  @Override
  public Optional<Path> consoleLog() {
    return store.entry().files().consoleLog();
  }
}
