package io.drover.driver;

import io.drover.contracts.error.ProblemException;
import io.drover.contracts.operation.LiveResult;

/** Hears of one job, on the thread that runs it: calls must be short. */
public interface JobListener {
  /** It has begun or come further; at most a few times a second. */
  default void progressed(JobInfo job) {}

  /** It has ended, and the domain's definition says what it has changed. */
  default void succeeded(JobInfo job, LiveResult result) {}

  /** It has ended and changed nothing. */
  default void failed(JobInfo job, ProblemException problem) {}
}
