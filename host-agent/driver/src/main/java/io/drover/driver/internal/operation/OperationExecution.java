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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one operation in its turn: journals it, has its handler carry it out, journals its end. */
final class OperationExecution {
  private static final Logger LOG = LoggerFactory.getLogger(OperationExecution.class);
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
    PersistentChange persistent = persistent(operation, resumed);
    if (!operation.applies().live()) {
      persistent.apply(guest, false);
      return operation.changedConfig();
    }
    listener.progressed(job.info());
    OperationRun run = new OperationRun(job.request().id(), guest, job, listener);
    OperationHandler<LiveOperation<R>, R> handler = table.of(operation);
    if (!resumed && (handler.journalled() || named(listener))) {
      JobRecord record = JobRecords.begun(job.request(), operation, clock.instant());
      guest.change(live -> JobRecords.added(live, record));
    }
    R result = carryOut(operation, handler, run, resumed);
    if (result.refusal() == null) {
      persistent.apply(guest, true);
    }
    return result;
  }

  /** One that goes on after a kill may have changed it already. */
  private PersistentChange persistent(LiveOperation<?> operation, boolean resumed) {
    try {
      return PersistentChange.of(operation, guest);
    } catch (ProblemException e) {
      if (!resumed) {
        throw e;
      }
      LOG.info(
          "The persistent definition of domain {} stays as it is: {}",
          guest.name(),
          e.getMessage());
      return new PersistentChange(Optional.empty());
    }
  }

  /** What somebody has given an id may be asked for again by it. */
  private static boolean named(JobListener listener) {
    return listener instanceof RunningOperation;
  }

  private <R extends LiveResult> R carryOut(
      LiveOperation<R> operation,
      OperationHandler<LiveOperation<R>, R> handler,
      OperationRun run,
      boolean resumed) {
    try {
      OperationEnd<R> end =
          resumed ? handler.resume(operation, run) : handler.handle(operation, run);
      conclude(run, end);
      halfDone.remove(run.id());
      return end.result();
    } catch (RuntimeException e) {
      ProblemException problem = problem(e);
      conclude(run, problem);
      throw problem;
    }
  }

  private void conclude(OperationRun run, OperationEnd<?> end) {
    if (end.changes() || JobRecords.find(guest, run.id()).isPresent()) {
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
      if (operation.isEmpty()) {
        halfDone.remove(id);
      } else if (operation.get().jobClass() != JobClass.ASYNC) {
        settle(id, operation.get(), job);
      }
    }
  }

  private <R extends LiveResult> void settle(
      String id, LiveOperation<R> operation, RunningJob job) {
    try {
      OperationRun run = new OperationRun(id, guest, job, new JobListener() {});
      carryOut(operation, table.of(operation), run, true);
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
