package io.drover.driver;

import java.util.Objects;

/**
 * What a job is submitted with.
 *
 * @param id of the job, unique among the domain's; to submit a known id again gives its handle,
 *     whether it still runs or has ended
 * @param owner who asks, for whoever looks at the queue
 * @param listener hears of progress and of the end
 */
public record JobOptions(String id, String owner, JobListener listener) {
  public JobOptions {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(owner, "owner");
    Objects.requireNonNull(listener, "listener");
  }

  /** A job that nobody listens to. */
  public static JobOptions of(String id, String owner) {
    return new JobOptions(id, owner, new JobListener() {});
  }

  public JobOptions withListener(JobListener newListener) {
    return new JobOptions(id, owner, newListener);
  }
}
