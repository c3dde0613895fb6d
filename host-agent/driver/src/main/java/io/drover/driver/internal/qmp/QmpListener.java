package io.drover.driver.internal.qmp;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Waits for events: made before the command that causes them is sent, because they may come before
 * its reply. Fails, instead of falling silent, when the connection ends or events were lost.
 */
public final class QmpListener implements AutoCloseable {
  private static final int CAPACITY = 64;
  private final Predicate<QmpEvent> wanted;
  private final Consumer<QmpListener> onClose;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<QmpEvent> queue = new ArrayDeque<>();
  private @Nullable QmpException failure;

  QmpListener(Predicate<QmpEvent> wanted, Consumer<QmpListener> onClose) {
    this.wanted = wanted;
    this.onClose = onClose;
  }

  /** The next wanted event, in order. */
  public QmpEvent await(Duration deadline) {
    lock.lock();
    try {
      long nanos = deadline.toNanos();
      while (queue.isEmpty() && failure == null) {
        if (nanos <= 0) {
          throw new QmpException.TimedOut("The event did not come within " + deadline);
        }
        nanos = changed.awaitNanos(nanos);
      }
      QmpEvent next = queue.poll();
      if (next != null) {
        return next;
      }
      throw failed();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QmpException.TimedOut("Waiting for an event was interrupted");
    } finally {
      lock.unlock();
    }
  }

  private QmpException failed() {
    QmpException cause = failure;
    return cause == null ? new QmpException.Disconnected("The listener was closed") : cause;
  }

  void offer(QmpEvent event) {
    if (!wanted.test(event)) {
      return;
    }
    lock.lock();
    try {
      if (queue.size() == CAPACITY) {
        failLocked(new QmpException.Overflowed(CAPACITY));
      } else if (failure == null) {
        queue.add(event);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  void fail(QmpException cause) {
    lock.lock();
    try {
      failLocked(cause);
    } finally {
      lock.unlock();
    }
  }

  private void failLocked(QmpException cause) {
    if (failure == null) {
      failure = cause;
    }
    changed.signalAll();
  }

  @Override
  public void close() {
    onClose.accept(this);
    fail(new QmpException.Disconnected("The listener was closed"));
  }
}
