package io.drover.standalone.cluster;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Parts that start side by side. Closing it interrupts those that are not ready. */
final class ParallelStart implements AutoCloseable {
  private final ExecutorService starters = Executors.newCachedThreadPool();

  /** Starts a part and waits until it is ready. */
  interface Start {
    void run() throws IOException, InterruptedException;
  }

  CompletableFuture<Void> begin(Start start) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            start.run();
          } catch (IOException | InterruptedException e) {
            throw new CompletionException(e);
          }
        },
        starters);
  }

  /**
   * Waits until a part is ready.
   *
   * @throws IOException why it is not
   */
  static void join(CompletableFuture<Void> start) throws IOException, InterruptedException {
    try {
      start.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IOException("A part did not start", e.getCause());
    }
  }

  @Override
  public void close() {
    starters.shutdownNow();
  }
}
