package io.drover.driver.internal.operation;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.operation.JobClass;
import io.drover.contracts.operation.LiveOperation;
import io.drover.contracts.operation.LiveResult;
import io.drover.driver.JobInfo;
import io.drover.driver.JobListener;
import io.drover.driver.JobOptions;
import io.drover.driver.OperationHandle;
import io.drover.driver.internal.job.DomainJobs;
import io.drover.driver.internal.job.JobRequest;
import io.drover.driver.internal.job.RunningJob;
import io.drover.driver.internal.journal.JobRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the operations of one domain, each in its turn, and goes on with what a driver before
 * this one has left. Thread-safe.
 */
public final class DomainOperations {
  private static final Logger LOG = LoggerFactory.getLogger(DomainOperations.class);

  /** What a killed driver has left gets at least this long, however late the next one comes. */
  private static final Duration TO_SETTLE = Duration.ofMinutes(2);

  private final OperationExecution execution;
  private final RunningGuest guest;
  private final DomainJobs jobs;
  private final Executor pool;
  private final InstantSource clock;
  private final Supplier<String> ids;
  private final Map<String, RunningOperation<?>> submitted = new HashMap<>();
  private final AtomicBoolean following = new AtomicBoolean();

  /**
   * @param jobs the domain's queue
   * @param pool runs what is submitted
   * @param ids of the jobs that nobody has named
   */
  public DomainOperations(
      OperationTable table,
      RunningGuest guest,
      DomainJobs jobs,
      Executor pool,
      InstantSource clock,
      Supplier<String> ids) {
    this.execution = new OperationExecution(table, guest, clock);
    this.guest = guest;
    this.jobs = jobs;
    this.pool = pool;
    this.clock = clock;
    this.ids = ids;
  }

  /** Carries it out and waits for its end. */
  public <R extends LiveResult> R execute(LiveOperation<R> operation) {
    JobRequest request = request(ids.get(), "execute", operation, operation.deadline());
    try (RunningJob job = jobs.enter(request)) {
      return execution.run(operation, job, new JobListener() {}, false);
    }
  }

  /** Begins it; one of a known id is not begun again. */
  @SuppressWarnings("unchecked") // an id stands for one operation
  public synchronized <R extends LiveResult> OperationHandle<R> submit(
      LiveOperation<R> operation, JobOptions options) {
    RunningOperation<?> known = submitted.get(options.id());
    if (known != null) {
      known.listen(options.listener());
      return (OperationHandle<R>) known;
    }
    Optional<JobRecord> before = JobRecords.find(guest, options.id());
    if (before.isPresent() && before.get().ended()) {
      return (OperationHandle<R>) ended(before.get(), options.listener());
    }
    JobRequest request = request(options.id(), options.owner(), operation, operation.deadline());
    return begin(operation, jobs.enter(request), options.listener(), false);
  }

  private RunningOperation<LiveResult> ended(JobRecord record, JobListener listener) {
    JobInfo last = lastOf(record);
    RunningOperation<LiveResult> handle =
        new RunningOperation<>(record.id(), () -> last, jobs::abort);
    handle.listen(listener);
    try {
      handle.succeed(JobRecords.result(record));
    } catch (ProblemException e) {
      handle.fail(e);
    }
    return handle;
  }

  /**
   * Carries out, now, what no job is needed for.
   *
   * @param work says how it ends
   */
  public static <R extends LiveResult> OperationHandle<R> ended(
      LiveOperation<R> operation, JobOptions options, Instant now, Supplier<R> work) {
    JobInfo last =
        new JobInfo(
            options.id(),
            operation.name(),
            options.owner(),
            operation.jobClass(),
            JobInfo.State.RUNNING,
            now,
            now.plus(operation.deadline()),
            JobInfo.Progress.NONE);
    RunningOperation<R> handle =
        new RunningOperation<>(options.id(), () -> last, DomainOperations::abortEnded);
    handle.listen(options.listener());
    try {
      handle.succeed(work.get());
    } catch (ProblemException e) {
      handle.fail(e);
    }
    return handle;
  }

  private static void abortEnded(String id) {
    throw new ProblemException(ErrorCode.NOT_FOUND, "The job " + id + " has ended.");
  }

  private static JobInfo lastOf(JobRecord record) {
    Optional<LiveOperation<?>> operation = JobRecords.operation(record);
    return new JobInfo(
        record.id(),
        operation.map(OperationNames::of).orElse("unknown"),
        record.owner(),
        operation.map(LiveOperation::jobClass).orElse(JobClass.MODIFY),
        JobInfo.State.RUNNING,
        record.since(),
        record.until(),
        JobInfo.Progress.NONE);
  }

  private <R extends LiveResult> RunningOperation<R> begin(
      LiveOperation<R> operation, RunningJob job, JobListener listener, boolean resumed) {
    String id = job.request().id();
    RunningOperation<R> handle = new RunningOperation<>(id, job::info, jobs::abort);
    handle.listen(listener);
    submitted.put(id, handle);
    try {
      pool.execute(() -> carryOut(operation, job, handle, resumed));
    } catch (RejectedExecutionException e) {
      job.close();
      submitted.remove(id);
      throw new ProblemException(
          ErrorCode.UNAVAILABLE, "This driver is being closed; open another one.", e);
    }
    return handle;
  }

  private <R extends LiveResult> void carryOut(
      LiveOperation<R> operation, RunningJob job, RunningOperation<R> handle, boolean resumed) {
    try (job) {
      handle.succeed(execution.run(operation, job, handle, resumed));
    } catch (ProblemException e) {
      LOG.warn(
          "{} of domain {} failed: {}", job.request().operation(), guest.name(), e.getMessage());
      handle.fail(e);
    } finally {
      synchronized (this) {
        submitted.remove(job.request().id());
      }
    }
  }

  /** Goes on with what a driver before this one has left; does not wait for it. */
  public synchronized void resume() {
    LateEffects.publishAgain(guest);
    for (JobRecord record : guest.jobs()) {
      if (!record.ended()) {
        Optional<LiveOperation<?>> operation = JobRecords.operation(record);
        if (operation.isPresent()) {
          resume(record, operation.get());
        }
      }
    }
  }

  private void resume(JobRecord record, LiveOperation<?> operation) {
    LOG.info("Resuming {} of domain {} after a restart of the driver", record.id(), guest.name());
    Duration left = Duration.between(clock.instant(), record.until());
    Duration deadline = left.compareTo(TO_SETTLE) < 0 ? TO_SETTLE : left;
    JobRequest request = request(record.id(), record.owner(), operation, deadline);
    begin(operation, jobs.enter(request, record.since()), new JobListener() {}, true);
  }

  private static JobRequest request(
      String id, String owner, LiveOperation<?> operation, Duration deadline) {
    return JobRequest.of(id, OperationNames.of(operation), owner, operation, deadline);
  }

  /**
   * Runs a change that QEMU itself has caused, as the end of a device that nobody waited for, in
   * its turn; does not wait for it.
   */
  public void follow(String name, Duration deadline, Consumer<OperationRun> change) {
    if (!following.compareAndSet(false, true)) {
      return; // one that waits already will see this too; a hostile QEMU makes no queue
    }
    JobRequest request =
        new JobRequest(ids.get(), name, "driver", JobClass.MODIFY, Set.of(), deadline);
    try {
      RunningJob job = jobs.enter(request); // before anybody hears of what it follows
      try {
        pool.execute(() -> follow(job, change));
      } catch (RejectedExecutionException e) {
        job.close();
        throw new ProblemException(
            ErrorCode.UNAVAILABLE, "This driver is being closed; open another one.", e);
      }
    } catch (ProblemException e) {
      following.set(false);
      LOG.debug("{} of domain {} is the next driver's: {}", name, guest.name(), e.getMessage());
    }
  }

  private void follow(RunningJob job, Consumer<OperationRun> change) {
    try (job) {
      try {
        job.awaitTurn();
      } finally {
        following.set(false);
      }
      change.accept(new OperationRun(job.request().id(), guest, job, new JobListener() {}));
    } catch (ProblemException e) {
      LOG.warn(
          "{} of domain {} failed: {}", job.request().operation(), guest.name(), e.getMessage());
    }
  }

  /** What runs and waits now. */
  public List<JobInfo> jobs() {
    return jobs.list();
  }

  /** Ends a job that waits, or asks one that runs to end. */
  public void abort(String id) {
    jobs.abort(id);
  }

  /** The domain has ended. */
  public void close() {
    jobs.close();
  }
}
