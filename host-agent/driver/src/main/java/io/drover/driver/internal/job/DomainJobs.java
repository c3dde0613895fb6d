package io.drover.driver.internal.job;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.JobInfo;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The jobs of one domain, in the order in which they came; {@link JobRules} says which of them run.
 * Thread-safe.
 */
public final class DomainJobs {
  private final String domain;
  private final InstantSource clock;
  private final LongSupplier nanoTicker;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<RunningJob> jobs = new ArrayList<>();
  private boolean closed;

  /**
   * @param domain its name, for problems
   * @param clock wall time, for people
   * @param nanoTicker monotonic nanoseconds, for deadlines
   */
  public DomainJobs(String domain, InstantSource clock, LongSupplier nanoTicker) {
    this.domain = domain;
    this.clock = clock;
    this.nanoTicker = nanoTicker;
  }

  /**
   * Puts a job in the queue; its turn comes with {@link #awaitTurn}.
   *
   * @throws ProblemException {@code INVALID_STATE} when there is one of this id, or the domain has
   *     ended
   */
  public RunningJob enter(JobRequest request) {
    return enter(request, clock.instant());
  }

  /** As {@link #enter(JobRequest)}, for a job that was asked for earlier, as before a kill. */
  public RunningJob enter(JobRequest request, Instant since) {
    lock.lock();
    try {
      requireOpen();
      if (jobs.stream().anyMatch(each -> each.request().id().equals(request.id()))) {
        throw new ProblemException(
            ErrorCode.INVALID_STATE,
            "Domain " + domain + " has a job " + request.id() + " already; choose another id.");
      }
      RunningJob job = new RunningJob(this, request, since, nanoTicker);
      jobs.add(job);
      admit();
      return job;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until the job may run.
   *
   * @throws ProblemException {@code TIMED_OUT} names who holds the domain; {@code INVALID_STATE}
   *     when the job was aborted or the domain has ended meanwhile; the job is gone then
   */
  public void awaitTurn(RunningJob job) {
    lock.lock();
    try {
      while (!job.admitted()) {
        requireOpen();
        job.requireNotAborted();
        long left = job.nanosLeft();
        if (left <= 0) {
          throw heldBy(job);
        }
        left = changed.awaitNanos(left); // the ticker, not this clock, says what is late
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      leaveLocked(job);
      throw new ProblemException(ErrorCode.UNAVAILABLE, "The call was interrupted.", e);
    } catch (ProblemException e) {
      leaveLocked(job);
      throw e;
    } finally {
      lock.unlock();
    }
  }

  private ProblemException heldBy(RunningJob job) {
    List<String> before =
        jobs.stream()
            .takeWhile(each -> each != job)
            .filter(each -> !JobRules.together(each.request().shape(), job.request().shape()))
            .map(each -> each.request().operation() + " of " + each.request().owner())
            .toList();
    return new ProblemException(
        ErrorCode.TIMED_OUT,
        "Domain "
            + domain
            + " was held by "
            + before
            + " for the whole "
            + job.request().deadline().toSeconds()
            + " s of "
            + job.request().operation()
            + "; try again, or abort what holds it.");
  }

  private void requireOpen() {
    if (closed) {
      throw new ProblemException(
          ErrorCode.INVALID_STATE, "Domain " + domain + " has ended; start it first.");
    }
  }

  /** What runs and waits now, in order. */
  public List<JobInfo> list() {
    lock.lock();
    try {
      return jobs.stream().map(RunningJob::info).toList();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends a job that waits, or asks one that runs to end; never waits itself.
   *
   * @throws ProblemException {@code NOT_FOUND}, or {@code INVALID_STATE} for a running job that
   *     cannot be aborted
   */
  public void abort(String id) {
    RunningJob found;
    lock.lock();
    try {
      found =
          jobs.stream()
              .filter(each -> each.request().id().equals(id))
              .findFirst()
              .orElseThrow(
                  () ->
                      new ProblemException(
                          ErrorCode.NOT_FOUND, "Domain " + domain + " has no job " + id + "."));
      found.markAborted();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    found.runAbort(); // without the lock: it talks to QEMU
  }

  /** No job comes any more, and those that wait end; those that run end by themselves. */
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void leave(RunningJob job) {
    lock.lock();
    try {
      leaveLocked(job);
    } finally {
      lock.unlock();
    }
  }

  private void leaveLocked(RunningJob job) {
    if (jobs.remove(job)) {
      admit();
    }
  }

  private void admit() {
    List<JobRules.Shape> running = new ArrayList<>();
    jobs.stream().filter(RunningJob::admitted).forEach(each -> running.add(each.request().shape()));
    List<JobRules.Shape> waiting = new ArrayList<>();
    for (RunningJob job : jobs) {
      JobRules.Shape shape = job.request().shape();
      if (job.admitted()) {
        continue;
      }
      if (JobRules.mayRun(shape, running, waiting)) {
        job.admit();
        running.add(shape);
      } else {
        waiting.add(shape);
      }
    }
    changed.signalAll();
  }
}
