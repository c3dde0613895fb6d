package io.drover.driver.internal.domain;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.DomainState;
import io.drover.driver.DomainStatus;
import io.drover.driver.StartOptions;
import io.drover.driver.internal.journal.JournalEntry;
import io.drover.driver.internal.process.QemuProcess;
import io.drover.driver.internal.qmp.QmpEvent;
import io.drover.driver.internal.task.BoundedWait;
import io.drover.driver.internal.task.SerialExecutor;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running domain's state and journal entry, which tasks of one serial executor alone write. Every
 * change is journalled and then published. Thread-safe.
 */
final class DomainStore {
  private static final Logger LOG = LoggerFactory.getLogger(DomainStore.class);

  private final AtomicBoolean syncDue = new AtomicBoolean();
  private final DriverContext context;
  private final DomainEvents events;
  private final LocalDomain domain;
  private final SerialExecutor work;
  private final SerialExecutor disk;
  private final CompletableFuture<DomainStatus> end = new CompletableFuture<>();
  private volatile JournalEntry entry;
  private volatile DomainStateMachine machine;

  DomainStore(
      LocalDomain domain, DriverContext context, JournalEntry entry, DomainStateMachine machine) {
    this.domain = domain;
    this.context = context;
    this.events = new DomainEvents(domain, context);
    this.entry = entry;
    this.machine = machine;
    this.work = new SerialExecutor(context.pool());
    this.disk = new SerialExecutor(context.pool());
  }

  JournalEntry entry() {
    return entry;
  }

  DomainStatus status() {
    return machine.status();
  }

  boolean ended() {
    return end.isDone();
  }

  Optional<DomainStatus> awaitEnd(Duration deadline) {
    return BoundedWait.within(deadline, end);
  }

  /** QEMU has sent an event: it is published, and then the change that it causes. */
  void received(QmpEvent event) {
    if (!events.admit()) {
      return;
    }
    work.execute(
        () -> {
          try {
            events.qmp(event);
            move(current -> current.on(event), false);
          } finally {
            events.handled();
          }
        });
  }

  /** Changes the state, serially. */
  void change(UnaryOperator<DomainStateMachine> change) {
    work.execute(() -> move(change, false));
  }

  /** Takes over, serially, what was found after nobody had been watching. */
  void find(UnaryOperator<DomainStateMachine> change) {
    work.execute(() -> move(change, true));
  }

  /** As {@link #find}, and waits for it. */
  void findNow(UnaryOperator<DomainStateMachine> change) {
    await(work.submit(() -> move(change, true)));
  }

  private void move(UnaryOperator<DomainStateMachine> change, boolean observed) {
    if (end.isDone()) {
      return;
    }
    DomainStatus before = machine.status();
    machine = change.apply(machine);
    DomainStatus after = machine.status();
    if (before.equals(after)) {
      return;
    }
    entry = entry.withReason(after.reason());
    if (!after.ended()) {
      keep();
    }
    events.changed(before, after, observed, machine.detail());
  }

  /** What QEMU does is published, written down or not: a later driver asks QEMU for its state. */
  private void keep() {
    try {
      context.journal().write(entry);
    } catch (ProblemException e) {
      LOG.error(
          "The state of domain {} is not in the journal, and is written with its next change: {}",
          entry.id(),
          e.getMessage());
      return;
    }
    if (syncDue.compareAndSet(false, true)) {
      disk.execute(this::sync);
    }
  }

  /** What a closing driver interrupts is found again all the same: only the host's end loses it. */
  private void sync() {
    syncDue.set(false);
    try {
      context.journal().sync(entry.id());
    } catch (ProblemException e) {
      if (!context.pool().isShutdown()) {
        throw e;
      }
      LOG.info(
          "Synchronising the journal of domain {} was interrupted by the closing of the driver",
          entry.id());
    }
  }

  /** Writes the entry with the number of the process, before the monitor is up. */
  CompletableFuture<Boolean> journalProcess() {
    return work.submit(() -> context.journal().write(entry));
  }

  /** Until {@link #markStarted}, no change is published. */
  void beginStart() {
    events.beginStart();
  }

  /** The start has succeeded, unless QEMU has just ended. */
  void markStarted(boolean paused) {
    await(work.submit(() -> markStartedSerially(paused)));
  }

  private void markStartedSerially(boolean paused) {
    if (paused) {
      move(DomainStateMachine::stayingPaused, false);
    }
    if (end.isDone()) {
      throw new ProblemException(ErrorCode.QEMU_EXITED, "QEMU ended: " + status().detail());
    }
    if (!paused && status().state() != DomainState.RUNNING) {
      throw new ProblemException(
          ErrorCode.QEMU_START_FAILED,
          "QEMU does not run the guest, it is " + status().reason().word());
    }
    events.endStart(DomainStateMachine.startingUp().status(), status());
  }

  /** The process has ended, and its last events were received. */
  void end(QemuProcess process, String lastOutput) {
    work.execute(
        () -> {
          if (!end.isDone() && !context.pool().isShutdown()) {
            conclude(machine.ended(process.exitStatus(), lastOutput), false);
          }
        });
  }

  /** The process had ended before this driver came. */
  void endBefore(DomainStateMachine last) {
    await(work.submit(() -> conclude(last, true)));
  }

  /** Leaves nothing of the domain but its logs; whatever fails, the domain has ended. */
  private void conclude(DomainStateMachine last, boolean observed) {
    domain.release();
    boolean clean = context.resources().release(entry.resources(), this::notReleased);
    try {
      if (clean) {
        context.journal().remove(entry.id());
      } else { // the next driver tries again, also what an older one had written elsewhere
        context.journal().write(entry);
      }
    } catch (RuntimeException e) {
      notReleased(e);
    }
    context.definitions().ended(entry.id(), last.status());
    context.onEnd().accept(domain);
    move(current -> last, observed);
    end.complete(last.status());
  }

  private void notReleased(RuntimeException failure) {
    LOG.error("Releasing the resources of domain {} failed", entry.id(), failure);
  }

  void tag(Map<String, String> tags) {
    Map<String, String> copy = StartOptions.plain().withTags(tags).tags();
    record(known -> known.withTags(copy));
  }

  /** Changes the entry; it is on stable storage when the call returns. */
  void record(UnaryOperator<JournalEntry> change) {
    await(work.submit(() -> recordSerially(change)));
  }

  private void recordSerially(UnaryOperator<JournalEntry> change) {
    entry = change.apply(entry);
    if (!end.isDone()) {
      context.journal().write(entry);
      context.journal().sync(entry.id());
    }
  }

  /** Waits until all changes that were asked for so far are made. */
  void settle() {
    await(work.submit(() -> {}));
  }

  private void await(CompletableFuture<Boolean> done) {
    if (BoundedWait.within(context.options().qmpDeadlines().change(), done).isEmpty()) {
      throw new ProblemException(
          ErrorCode.TIMED_OUT, "Domain " + entry.name() + " is busy; try again later.");
    }
  }
}
