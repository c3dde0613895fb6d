package io.drover.driver.internal.operation;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.operation.JobClass;
import io.drover.contracts.operation.LiveOperation;
import io.drover.contracts.operation.LiveResult;
import io.drover.driver.JobListener;
import io.drover.driver.internal.job.RunningJob;
import io.drover.driver.internal.journal.JobRecord;
import io.drover.driver.internal.qmp.QmpException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one operation in its turn: journals it, has its handler carry it out, journals its end. */
final class OperationExecution {
  private static final Logger LOG = LoggerFactory.getLogger(OperationExecution.class);

  /** The note of an operation whose persistent part alone is still to be done: its result. */
  private static final String LIVE_RESULT = "live-result";

  private final OperationTable table;
  private final RunningGuest guest;
  private final InstantSource clock;

  /** The records of what could be neither finished nor undone, as when QEMU did not answer. */
  private final Set<String> halfDone = ConcurrentHashMap.newKeySet();

  OperationExecution(OperationTable table, RunningGuest guest, InstantSource clock) {
    this.table = table;
    this.guest = guest;
    this.clock = clock;
  }

  /**
   * Waits for the job's turn and carries the operation out.
   *
   * @param resumed whether its record is in the journal already
   */
  <R extends LiveResult> R run(
      LiveOperation<R> operation, RunningJob job, JobListener listener, boolean resumed) {
    job.awaitTurn();
    if (operation.jobClass() == JobClass.MODIFY && !resumed) {
      settleHalfDone(job);
    }
    boolean live = operation.applies().live();
    PersistentChange persistent =
        resumed ? resumed(job.request().id(), operation) : PersistentChange.of(operation, guest);
    listener.progressed(job.info());
    boolean journalled = live && table.of(operation).journalled();
    if (!resumed && (journalled || named(listener))) {
      JobRecord record =
          JobRecords.begun(job.request(), operation, clock.instant())
              .withNotes(persistent.intent());
      guest.change(each -> JobRecords.added(each, record));
    }
    OperationRun run = new OperationRun(job.request().id(), guest, job, listener);
    return carryOut(operation, run, persistent, resumed);
  }

  private PersistentChange resumed(String id, LiveOperation<?> operation) {
    return JobRecords.find(guest, id)
        .map(record -> PersistentChange.resumed(record, operation, guest))
        .orElseThrow(() -> new IllegalStateException("A resumed operation has a record"));
  }

  /** What somebody has given an id may be asked for again by it. */
  private static boolean named(JobListener listener) {
    return listener instanceof RunningOperation;
  }

  private <R extends LiveResult> R carryOut(
      LiveOperation<R> operation, OperationRun run, PersistentChange persistent, boolean resumed) {
    try {
      OperationEnd<R> end = end(operation, run, resumed);
      if (end.result().refusal() == null) {
        persist(operation, run, persistent, end);
      }
      conclude(run, end);
      halfDone.remove(run.id());
      return end.result();
    } catch (RuntimeException e) {
      ProblemException problem = problem(e);
      conclude(run, problem);
      throw problem;
    }
  }

  /** How the running domain's part of it ends. */
  private <R extends LiveResult> OperationEnd<R> end(
      LiveOperation<R> operation, OperationRun run, boolean resumed) {
    if (!operation.applies().live()) {
      return OperationEnd.of(operation.changedConfig());
    }
    Optional<String> before = run.note(LIVE_RESULT);
    if (before.isPresent()) {
      return OperationEnd.of(operation.resultType().cast(JobRecords.result(before.get())));
    }
    OperationHandler<LiveOperation<R>, R> handler = table.of(operation);
    return resumed ? handler.resume(operation, run) : handler.handle(operation, run);
  }

  /**
   * Changes the persistent definition before the operation's end is journalled: a driver that is
   * killed in between leaves a record that has not ended, and the next one does the rest. When the
   * definition cannot be written, what the running domain has become is journalled all the same.
   */
  private void persist(
      LiveOperation<?> operation,
      OperationRun run,
      PersistentChange persistent,
      OperationEnd<?> end) {
    try {
      persistent.apply(guest);
    } catch (ProblemException e) {
      if (!operation.applies().live()) {
        throw e;
      }
      run.leaveHalfDone();
      ProblemException answer = PersistentChange.notYet(guest, e);
      try {
        Map<String, String> note = Map.of(LIVE_RESULT, JobRecords.json(end.result()));
        guest.change(live -> run.noted(end.change().apply(live), note));
      } catch (ProblemException also) {
        answer.addSuppressed(also);
      }
      throw answer;
    }
  }

  private void conclude(OperationRun run, OperationEnd<?> end) {
    if (end.changes() || JobRecords.find(guest, run.id()).isPresent()) {
      if (end.result().refusal() == null) {
        run.leaveHalfDone(); // unless the next call returns
      }
      guest.change(
          live ->
              JobRecords.changed(
                  end.change().apply(live),
                  run.id(),
                  record -> record.withResult(JobRecords.json(end.result()))));
    }
  }

  private void conclude(OperationRun run, ProblemException problem) {
    if (JobRecords.find(guest, run.id()).isEmpty()) {
      return; // it is not journalled
    }
    if (run.halfDone()) {
      halfDone.add(run.id());
      return;
    }
    try {
      halfDone.remove(run.id());
      guest.change(
          live ->
              JobRecords.changed(
                  live,
                  run.id(),
                  record -> record.withProblem(JobRecords.json(problem.problem()))));
    } catch (ProblemException e) {
      halfDone.add(run.id());
      problem.addSuppressed(e);
    }
  }

  /** What is left of earlier operations must not surprise the next. */
  private void settleHalfDone(RunningJob job) {
    for (String id : Set.copyOf(halfDone)) {
      Optional<JobRecord> record = JobRecords.find(guest, id);
      Optional<LiveOperation<?>> operation = record.flatMap(JobRecords::operation);
      if (operation.isEmpty() || record.get().ended()) {
        halfDone.remove(id);
      } else if (operation.get().jobClass() != JobClass.ASYNC
          || record.get().notes().containsKey(LIVE_RESULT)) {
        settle(id, operation.get(), job);
      }
    }
  }

  private <R extends LiveResult> void settle(
      String id, LiveOperation<R> operation, RunningJob job) {
    try {
      OperationRun run = new OperationRun(id, guest, job, new JobListener() {});
      carryOut(operation, run, resumed(id, operation), true);
      LOG.info("The job {} of domain {} was finished after all", id, guest.name());
    } catch (ProblemException e) {
      LOG.info("The job {} of domain {} was undone: {}", id, guest.name(), e.getMessage());
      if (halfDone.contains(id)) {
        throw e;
      }
    }
  }

  private ProblemException problem(RuntimeException cause) {
    if (cause instanceof ProblemException known) {
      return known;
    }
    if (cause instanceof QmpException) {
      ErrorCode code =
          cause instanceof QmpException.Refused
              ? ErrorCode.QEMU_REFUSED
              : ErrorCode.QEMU_UNRESPONSIVE;
      return new ProblemException(
          code, "Domain " + guest.name() + ": " + cause.getMessage() + ".", cause);
    }
    LOG.error("An operation of domain {} failed", guest.name(), cause);
    return new ProblemException(
        ErrorCode.INTERNAL_ERROR, "An operation of domain " + guest.name() + " failed.", cause);
  }
}
