package io.drover.agent.domain;

import io.drover.agent.command.CommandRun;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.event.OperationFailed;
import io.drover.contracts.event.OperationProgressed;
import io.drover.contracts.event.OperationSucceeded;
import io.drover.contracts.operation.LiveResult;
import io.drover.driver.Domain;
import io.drover.driver.JobInfo;
import io.drover.driver.JobListener;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Announces what becomes of a job: that it has begun, how far it is, how it has ended. */
final class OperationReport implements JobListener {
  private static final Logger LOG = Logger.getLogger(OperationReport.class);
  private static final Duration BETWEEN = Duration.ofSeconds(1);

  private final String operation;
  private final Domain domain;
  private final CommandRun run;
  private final BooleanSupplier stopping;
  private final Runnable after;
  private final UnaryOperator<LiveResult> completing;
  private final Instant submittedAt;
  private final AtomicBoolean ended = new AtomicBoolean();
  private @Nullable Instant announcedAt;
  private boolean begun;

  /**
   * @param stopping whether this agent is being stopped: what ends then is resumed by the next one
   * @param after called once at the end, before it is announced
   * @param completing adds to a result what the driver does not know
   */
  OperationReport(
      String operation,
      Domain domain,
      CommandRun run,
      BooleanSupplier stopping,
      Runnable after,
      UnaryOperator<LiveResult> completing) {
    this.operation = operation;
    this.domain = domain;
    this.run = run;
    this.stopping = stopping;
    this.after = after;
    this.completing = completing;
    this.submittedAt = run.now();
  }

  @Override
  public synchronized void progressed(JobInfo job) {
    if (ended.get() || job.state() != JobInfo.State.RUNNING) {
      return;
    }
    Instant now = run.now();
    if (!begun) {
      begun = true;
      run.completed("wait-for-turn", submittedAt, Duration.between(submittedAt, now));
    }
    JobInfo.Progress progress = job.progress();
    boolean due = announcedAt == null || !now.isBefore(announcedAt.plus(BETWEEN));
    if (progress.totalBytes() > 0 && due) {
      announcedAt = now;
      run.announce(new OperationProgressed(operation, progress.doneBytes(), progress.totalBytes()));
    }
  }

  @Override
  public void succeeded(JobInfo job, LiveResult result) {
    end(result.refusal(), result);
  }

  @Override
  public void failed(JobInfo job, ProblemException problem) {
    failed(problem);
  }

  private void failed(ProblemException problem) {
    if (stopping.getAsBoolean() && problem.problem().code() == ErrorCode.UNAVAILABLE) {
      LOG.infof(
          "%s of domain %s was interrupted; the next start of the agent resumes it",
          operation, domain.id());
      return;
    }
    end(problem.problem(), null);
  }

  /** Announces the end if there is one already; otherwise the listener hears of it. */
  void endedBefore(Supplier<? extends Optional<? extends LiveResult>> end) {
    try {
      end.get().ifPresent(result -> end(result.refusal(), result));
    } catch (ProblemException e) {
      failed(e);
    }
  }

  private void end(@Nullable Problem problem, @Nullable LiveResult result) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    try {
      after.run();
    } finally {
      run.announce(
          problem == null && result != null
              ? new OperationSucceeded(operation, completing.apply(result))
              : new OperationFailed(operation, orUnknown(problem), !domain.status().ended()));
      run.finish();
    }
  }

  private static Problem orUnknown(@Nullable Problem problem) {
    return problem != null
        ? problem
        : Problem.of(ErrorCode.INTERNAL_ERROR, "The operation ended without a result.");
  }
}
