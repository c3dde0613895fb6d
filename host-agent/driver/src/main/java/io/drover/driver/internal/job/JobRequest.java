package io.drover.driver.internal.job;

import io.drover.contracts.operation.JobClass;
import io.drover.contracts.operation.LiveOperation;
import java.time.Duration;
import java.util.Set;

/**
 * A job that somebody wants to run.
 *
 * @param id unique among the domain's jobs
 * @param operation its name, as {@code attach-disk}
 * @param owner who has asked for it, as its caller names itself
 * @param beside what may run beside it, for an {@link JobClass#ASYNC} one
 * @param deadline the longest that it may take, its wait included
 */
public record JobRequest(
    String id,
    String operation,
    String owner,
    JobClass jobClass,
    Set<JobClass> beside,
    Duration deadline) {
  public JobRequest {
    beside = Set.copyOf(beside);
  }

  /** The job of an operation. */
  public static JobRequest of(
      String id, String name, String owner, LiveOperation<?> operation, Duration deadline) {
    return new JobRequest(id, name, owner, operation.jobClass(), operation.beside(), deadline);
  }

  JobRules.Shape shape() {
    return new JobRules.Shape(jobClass, beside);
  }
}
