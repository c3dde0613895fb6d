package io.drover.standalone.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Starts each part that exits again, as its {@link RestartPolicy} says; the other parts keep
 * running. One thread a part waits for that part's process. Closing it ends every pause and every
 * wait at once and stops no process.
 */
public final class Supervision implements AutoCloseable {
  private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(10);

  private final LongSupplier nanoTicker;
  private final RestartListener listener;
  private final ExecutorService watchers = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);

  private Supervision(LongSupplier nanoTicker, RestartListener listener) {
    this.nanoTicker = nanoTicker;
    this.listener = listener;
  }

  static Supervision of(
      List<SupervisedPart> parts, RestartListener listener, LongSupplier nanoTicker) {
    Supervision supervision = new Supervision(nanoTicker, listener);
    parts.forEach(part -> supervision.watchers.execute(() -> supervision.watch(part)));
    return supervision;
  }

  private void watch(SupervisedPart part) {
    RestartPolicy policy = new RestartPolicy(nanoTicker);
    try {
      while (true) {
        int status = part.process().get().exit().get();
        if (closed.getCount() == 0) {
          return;
        }
        Duration pause = policy.pauseAfterExit();
        listener.exited(part.name(), status, pause, part.process().get().log());
        if (closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
        policy.starting();
        restart(part);
      }
    } catch (InterruptedException e) {
      // Closed while it waited.
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("The exit of " + part.name() + " cannot be watched", e);
    }
  }

  private void restart(SupervisedPart part) throws InterruptedException {
    long begun = nanoTicker.getAsLong();
    try {
      part.restart().run();
      listener.restarted(part.name(), Duration.ofNanos(nanoTicker.getAsLong() - begun));
    } catch (IOException | RuntimeException e) {
      listener.notReady(part.name(), Objects.requireNonNullElse(e.getMessage(), e.toString()));
    }
  }

  /** Returns when another thread closes it. */
  public void awaitClose() throws InterruptedException {
    closed.await();
  }

  @Override
  public void close() {
    closed.countDown();
    watchers.shutdownNow();
    try {
      if (!watchers.awaitTermination(CLOSE_DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            "A part is still being restarted after " + CLOSE_DEADLINE.toSeconds() + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
