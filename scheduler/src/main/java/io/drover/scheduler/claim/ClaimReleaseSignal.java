package io.drover.scheduler.claim;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Wakes a start that came before the end of the domain's former claim: commands and events travel
 * on different topics, so the end may be a moment late. Thread-safe.
 */
@ApplicationScoped
public class ClaimReleaseSignal {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private long count;

  /** How many claims have ended so far; to be asked before the check that a wait follows. */
  public long count() {
    lock.lock();
    try {
      return count;
    } finally {
      lock.unlock();
    }
  }

  void announce() {
    lock.lock();
    try {
      count++;
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until more claims have ended than {@code seen}, or the patience runs out.
   *
   * @throws IllegalStateException when the service stops: no answer was given, so none may be drawn
   */
  public void await(long seen, Duration patience) {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (count == seen && left > 0) {
        left = ended.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          "The service stops while a start waits for the end of the former claim.", e);
    } finally {
      lock.unlock();
    }
  }
}
