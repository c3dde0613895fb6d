package io.drover.driver.internal.job;

import io.drover.contracts.operation.JobClass;
import java.util.Collection;
import java.util.Set;

/** Which jobs may run on one domain at the same time. Pure. */
final class JobRules {
  private JobRules() {}

  /**
   * What of a job the rules look at.
   *
   * @param beside what may run beside it, for an {@link JobClass#ASYNC} one
   */
  record Shape(JobClass jobClass, Set<JobClass> beside) {
    Shape {
      beside = Set.copyOf(beside);
    }

    private boolean neverWaits() {
      return jobClass == JobClass.DESTROY || jobClass == JobClass.ABORT;
    }
  }

  /** Whether both may run at once. */
  static boolean together(Shape one, Shape other) {
    if (one.neverWaits() || other.neverWaits()) {
      return true;
    }
    boolean firstLong = one.jobClass() == JobClass.ASYNC;
    boolean secondLong = other.jobClass() == JobClass.ASYNC;
    if (firstLong == secondLong) {
      return false; // two that change the domain exclude each other, and so do two long ones
    }
    return firstLong
        ? one.beside().contains(other.jobClass())
        : other.beside().contains(one.jobClass());
  }

  /**
   * Whether a job may run now. Those that wait already go first, so that none of them waits for
   * ever behind jobs that came later.
   */
  static boolean mayRun(Shape job, Collection<Shape> running, Collection<Shape> waitingBefore) {
    return running.stream().allMatch(each -> together(each, job))
        && waitingBefore.stream().allMatch(each -> together(each, job));
  }
}
