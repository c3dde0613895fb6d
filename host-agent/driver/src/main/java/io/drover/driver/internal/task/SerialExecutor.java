package io.drover.driver.internal.task;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks one after the other, in order, on threads of a shared pool. */
public final class SerialExecutor implements Executor {
  private static final Logger LOG = LoggerFactory.getLogger(SerialExecutor.class);

  /** A guest can cause events faster than anybody takes them. */
  private static final int MAX_OPTIONAL = 4096;

  /** Of all together, as the tasks weigh themselves. */
  private static final long MAX_OPTIONAL_WEIGHT = 4 * 1024 * 1024;

  private final Executor pool;
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private boolean running;
  private long dropped;
  private long weight;

  public SerialExecutor(Executor pool) {
    this.pool = pool;
  }

  @Override
  public void execute(Runnable task) {
    add(task);
  }

  /**
   * Runs the task unless too many wait already.
   *
   * @param ownWeight how much the task keeps in memory, about, in bytes
   */
  public void executeOrDrop(int ownWeight, Runnable task) {
    synchronized (this) {
      if (tasks.size() >= MAX_OPTIONAL || weight + ownWeight > MAX_OPTIONAL_WEIGHT) {
        dropped++;
        if (Long.bitCount(dropped) == 1) {
          LOG.warn("Dropped {} events: listeners are slower than events arrive", dropped);
        }
        return;
      }
      weight += ownWeight;
    }
    add(
        () -> {
          lighten(ownWeight);
          task.run();
        });
  }

  private synchronized void lighten(int ownWeight) {
    weight -= ownWeight;
  }

  /** Runs the task in its turn and tells when it is done, or why it failed. */
  public CompletableFuture<Boolean> submit(Runnable task) {
    return CompletableFuture.supplyAsync(
            () -> {
              task.run();
              return true;
            },
            this)
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedFuture(
                    failure.getCause() == null ? failure : failure.getCause()));
  }

  /** Whether nothing waits behind the task that runs. */
  synchronized boolean idle() {
    return tasks.isEmpty();
  }

  private synchronized void add(Runnable task) {
    tasks.add(task);
    if (!running) {
      running = true;
      startLocked();
    }
  }

  private void startLocked() {
    try {
      pool.execute(this::runAll);
    } catch (RejectedExecutionException e) {
      // The driver was closed; what is left is found again by the next one.
      tasks.clear();
      running = false;
    }
  }

  private void runAll() {
    Runnable next = poll();
    while (next != null) {
      try {
        next.run();
      } catch (RuntimeException | Error e) {
        // An Error too must not end the turn of all that comes after it.
        LOG.error("A queued task of a domain failed", e);
      }
      next = poll();
    }
  }

  private synchronized @org.jspecify.annotations.Nullable Runnable poll() {
    Runnable next = tasks.poll();
    if (next == null) {
      running = false;
    }
    return next;
  }
}
