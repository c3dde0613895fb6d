package io.drover.driver.internal.job;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.JobInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One job in a domain's queue, until it is closed. Thread-safe. */
public final class RunningJob implements AutoCloseable {
  private final DomainJobs queue;
  private final JobRequest request;
  private final Instant since;
  private final LongSupplier nanoTicker;
  private final long endNanos;
  private volatile boolean admitted;
  private volatile boolean aborted;
  private volatile long done;
  private volatile long total;
  private volatile @Nullable Runnable onAbort;

  RunningJob(DomainJobs queue, JobRequest request, Instant since, LongSupplier nanoTicker) {
    this.queue = queue;
    this.request = request;
    this.since = since;
    this.nanoTicker = nanoTicker;
    this.endNanos = nanoTicker.getAsLong() + request.deadline().toNanos();
  }

  public JobRequest request() {
    return request;
  }

  public JobInfo info() {
    return new JobInfo(
        request.id(),
        request.operation(),
        request.owner(),
        request.jobClass(),
        admitted ? JobInfo.State.RUNNING : JobInfo.State.WAITING,
        since,
        since.plus(request.deadline()),
        new JobInfo.Progress(done, total));
  }

  boolean admitted() {
    return admitted;
  }

  void admit() {
    admitted = true;
  }

  /** Waits until it may run; see {@link DomainJobs#awaitTurn}. */
  public void awaitTurn() {
    queue.awaitTurn(this);
  }

  /** How far it is, in bytes. */
  public void progress(long bytesDone, long bytesTotal) {
    done = bytesDone;
    total = bytesTotal;
  }

  /** What is left until its deadline; not negative. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, nanosLeft()));
  }

  long nanosLeft() {
    return endNanos - nanoTicker.getAsLong();
  }

  /** From now on it can be aborted while it runs; {@code action} only asks for the end. */
  public void abortBy(Runnable action) {
    onAbort = action;
    if (aborted) {
      action.run();
    }
  }

  /** From now on it cannot be aborted, because it is all but done. */
  public void noAbort() {
    onAbort = null;
  }

  /** Whether somebody wants it to end. */
  public boolean aborted() {
    return aborted;
  }

  /** Refuses to go on with an aborted job. */
  public void requireNotAborted() {
    if (aborted) {
      throw aborted(request);
    }
  }

  /** What the caller of an aborted job gets. */
  public static ProblemException aborted(JobRequest request) {
    return new ProblemException(
        ErrorCode.INVALID_STATE,
        "The job " + request.id() + " (" + request.operation() + ") was aborted.");
  }

  void markAborted() {
    if (admitted && onAbort == null) {
      throw new ProblemException(
          ErrorCode.INVALID_STATE,
          "The job "
              + request.id()
              + " ("
              + request.operation()
              + ") cannot be aborted while it runs; it ends by itself.");
    }
    aborted = true;
  }

  void runAbort() {
    Runnable action = onAbort;
    if (action != null) {
      action.run();
    }
  }

  /** Leaves the queue; the next ones get their turn. */
  @Override
  public void close() {
    queue.leave(this);
  }
}
