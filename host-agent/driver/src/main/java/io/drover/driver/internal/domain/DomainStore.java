package io.drover.driver.internal.domain;

import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.DomainState;
import io.drover.driver.DomainStatus;
import io.drover.driver.DriverListener.DomainChange;
import io.drover.driver.DriverListener.QmpNotice;
import io.drover.driver.DriverOptions;
import io.drover.driver.StartOptions;
import io.drover.driver.internal.folder.DomainFolder;
import io.drover.driver.internal.journal.JournalEntry;
import io.drover.driver.internal.process.QemuProcess;
import io.drover.driver.internal.qmp.QmpEvent;
import io.drover.driver.internal.storage.TransientOverlay;
import io.drover.driver.internal.task.BoundedWait;
import io.drover.driver.internal.task.SerialExecutor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A domain's state and journal entry, which tasks of one serial executor alone write. Every change
 * is journalled and then told. Thread-safe.
 */
final class DomainStore {
  private static final Logger LOG = LoggerFactory.getLogger(DomainStore.class);

  /** Events that wait to be told; a guest that has broken out sends what it likes. */
  private static final int MAX_EVENTS = 256;

  private static final int ROOM_CHECK_SECONDS = 1;
  private final Semaphore room = new Semaphore(MAX_EVENTS);
  private final AtomicBoolean syncDue = new AtomicBoolean();
  private final LocalDomain domain;
  private final DriverContext surroundings;
  private final SerialExecutor work;
  private final SerialExecutor disk;
  private final CompletableFuture<DomainStatus> end = new CompletableFuture<>();
  private volatile JournalEntry entry;
  private volatile DomainStateMachine course;
  private volatile boolean starting;

  DomainStore(
      LocalDomain domain,
      DriverContext surroundings,
      JournalEntry entry,
      DomainStateMachine course) {
    this.domain = domain;
    this.surroundings = surroundings;
    this.entry = entry;
    this.course = course;
    this.work = new SerialExecutor(surroundings.pool());
    this.disk = new SerialExecutor(surroundings.pool());
  }

  JournalEntry entry() {
    return entry;
  }

  DomainStatus status() {
    return course.status();
  }

  boolean ended() {
    return end.isDone();
  }

  Optional<DomainStatus> awaitEnd(Duration deadline) {
    return BoundedWait.within(deadline, end);
  }

  /**
   * QEMU has sent an event: it is told, and then what it has changed. A QEMU that sends faster than
   * that waits, and so does whoever wants its answers.
   */
  void heard(QmpEvent event) {
    if (!roomForOne()) {
      return;
    }
    work.execute(
        () -> {
          try {
            surroundings
                .listeners()
                .heard(new QmpNotice(domain, event.name(), event.data().toString(), event.at()));
            move(current -> current.on(event), false);
          } finally {
            room.release();
          }
        });
  }

  /** Waits for it; none comes any more once the driver was closed. */
  private boolean roomForOne() {
    try {
      while (!room.tryAcquire(ROOM_CHECK_SECONDS, TimeUnit.SECONDS)) {
        if (surroundings.pool().isShutdown()) {
          return false;
        }
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Changes the state in its turn. */
  void change(UnaryOperator<DomainStateMachine> change) {
    work.execute(() -> move(change, false));
  }

  /** Takes over, in its turn, what was found after nobody had been watching. */
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
    DomainStatus before = course.status();
    course = change.apply(course);
    DomainStatus after = course.status();
    if (before.equals(after)) {
      return;
    }
    entry = entry.withState(after.state().word(), after.reason().word());
    if (!after.ended()) {
      surroundings.journal().write(entry);
      if (syncDue.compareAndSet(false, true)) {
        disk.execute(this::sync);
      }
    }
    announce(before, after, observed);
  }

  /** What a closing driver interrupts is found again all the same: only the host's end loses it. */
  private void sync() {
    syncDue.set(false);
    try {
      surroundings.journal().sync(entry.id());
    } catch (ProblemException e) {
      if (!surroundings.pool().isShutdown()) {
        throw e;
      }
      LOG.info("The driver was closed while the journal of {} was synchronised", entry.id());
    }
  }

  private void announce(DomainStatus before, DomainStatus after, boolean observed) {
    if (!starting) {
      surroundings
          .listeners()
          .changed(
              new DomainChange(
                  domain, before, after, observed, surroundings.options().clock().instant()));
    }
  }

  /** Makes the entry known with the number of the process, before the monitor is up. */
  CompletableFuture<Boolean> journalBirth() {
    return work.submit(() -> surroundings.journal().write(entry));
  }

  /** Until {@link #born}, nobody hears of the domain: a failed start is told by its exception. */
  void beginStart() {
    starting = true;
  }

  /** The start has succeeded, unless QEMU has just ended. */
  void born(boolean paused) {
    await(work.submit(() -> bornInTurn(paused)));
  }

  private void bornInTurn(boolean paused) {
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
    starting = false;
    announce(DomainStateMachine.startingUp().status(), status(), false);
  }

  /** The process has ended, and what it said last was heard. */
  void end(QemuProcess process, String lastWords) {
    work.execute(
        () -> {
          if (!end.isDone() && !surroundings.pool().isShutdown()) {
            conclude(course.ended(process.exitStatus(), lastWords), false);
          }
        });
  }

  /** The process was gone before we came. */
  void endBefore(DomainStateMachine last) {
    await(work.submit(() -> conclude(last, true)));
  }

  /** Leaves nothing of the domain but its logs; whatever fails, the domain has ended. */
  private void conclude(DomainStateMachine last, boolean observed) {
    domain.release();
    List<Runnable> steps =
        List.of(
            () -> surroundings.tpms().end(entry.id(), entry.folder()),
            () -> surroundings.companions().end(entry.folder(), options().stopDeadline()),
            () -> surroundings.bridgePorts().remove(entry.folder()),
            this::removeOverlays,
            () -> surroundings.handingOver().takeBack(entry.handedOver()),
            new DomainFolder(entry.folder())::remove);
    boolean clean = true;
    for (Runnable step : steps) {
      clean &= done(step);
    }
    if (clean) { // else the next driver tries again
      done(() -> surroundings.journal().remove(entry.id()));
    }
    surroundings.onEnd().accept(domain);
    move(current -> last, observed);
    end.complete(last.status());
  }

  private boolean done(Runnable step) {
    try {
      step.run();
      return true;
    } catch (RuntimeException e) {
      LOG.error("Domain {} has ended and something of it is left", entry.id(), e);
      return false;
    }
  }

  private DriverOptions options() {
    return surroundings.options();
  }

  /**
   * The journalled definition names them, and nothing that QEMU's user may write: whoever removes
   * them may be root.
   */
  private void removeOverlays() {
    if (!entry.definition().contains("<transient")) {
      return; // most have none, and the definition need not be read
    }
    try {
      surroundings.overlays().remove(TransientOverlay.filesOf(DomainXml.read(entry.definition())));
    } catch (ProblemException e) {
      LOG.error("The overlays of domain {} may be left behind", entry.id(), e);
    }
  }

  void tag(Map<String, String> tags) {
    Map<String, String> copy = StartOptions.plain().withTags(tags).tags();
    record(known -> known.withTags(copy));
  }

  /** Changes the entry; it is on stable storage when the call returns. */
  void record(UnaryOperator<JournalEntry> change) {
    await(work.submit(() -> recordInTurn(change)));
  }

  private void recordInTurn(UnaryOperator<JournalEntry> change) {
    entry = change.apply(entry);
    if (!end.isDone()) {
      surroundings.journal().write(entry);
      surroundings.journal().sync(entry.id());
    }
  }

  /** Waits until all that was to be changed so far is. */
  void settle() {
    await(work.submit(() -> {}));
  }

  private void await(CompletableFuture<Boolean> done) {
    if (BoundedWait.within(surroundings.options().qmpDeadlines().change(), done).isEmpty()) {
      throw new ProblemException(
          ErrorCode.TIMED_OUT, "Domain " + entry.name() + " is busy; try again later.");
    }
  }
}
