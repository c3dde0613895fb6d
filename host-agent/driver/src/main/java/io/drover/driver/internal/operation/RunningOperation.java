package io.drover.driver.internal.operation;

import io.drover.contracts.error.ProblemException;
import io.drover.contracts.operation.LiveResult;
import io.drover.driver.JobInfo;
import io.drover.driver.JobListener;
import io.drover.driver.OperationHandle;
import io.drover.driver.internal.task.BoundedWait;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A submitted operation, as those see it who wait for it. */
final class RunningOperation<R extends LiveResult> implements OperationHandle<R>, JobListener {
  private final String id;
  private final Supplier<JobInfo> job;
  private final Consumer<String> abort;
  private final List<JobListener> listeners = new CopyOnWriteArrayList<>();
  private final CompletableFuture<R> end = new CompletableFuture<>();

  RunningOperation(String id, Supplier<JobInfo> job, Consumer<String> abort) {
    this.id = id;
    this.job = job;
    this.abort = abort;
  }

  void listen(JobListener listener) {
    listeners.add(listener);
  }

  void succeed(R result) {
    if (end.complete(result)) {
      succeeded(job(), result);
    }
  }

  void fail(ProblemException problem) {
    if (end.completeExceptionally(problem)) {
      failed(job(), problem);
    }
  }

  @Override
  public void progressed(JobInfo now) {
    listeners.forEach(each -> each.progressed(now));
  }

  @Override
  public void succeeded(JobInfo last, LiveResult result) {
    listeners.forEach(each -> each.succeeded(last, result));
  }

  @Override
  public void failed(JobInfo last, ProblemException problem) {
    listeners.forEach(each -> each.failed(last, problem));
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Optional<R> await(Duration deadline) {
    return BoundedWait.within(deadline, end);
  }

  @Override
  public JobInfo job() {
    return job.get();
  }

  @Override
  public void abort() {
    abort.accept(id);
  }
}
