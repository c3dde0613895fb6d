package io.drover.standalone.launch;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Turns Ctrl-C and SIGTERM into an interrupt of the main thread, and waits for its orderly end. */
public final class ShutdownSignal {
  private static final long PATIENCE_SECONDS = 300;

  private ShutdownSignal() {}

  /**
   * Registers the hook.
   *
   * @param main is interrupted by the signal and has five minutes to end in order
   * @param ended is counted down by it when all that it started has ended
   */
  public static void onSignal(Thread main, CountDownLatch ended) {
    Thread hook =
        new Thread(
            () -> {
              if (ended.getCount() > 0) {
                main.interrupt();
                await(ended);
              }
            },
            "interruption");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private static void await(CountDownLatch ended) {
    try {
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("The suite did not end in order within " + PATIENCE_SECONDS + " s.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
