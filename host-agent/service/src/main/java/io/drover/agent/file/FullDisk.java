package io.drover.agent.file;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** A disk that takes no byte more: what may fail says so, and what must not be lost waits. */
public final class FullDisk {
  private static final Logger LOG = Logger.getLogger(FullDisk.class);
  private static final long RETRY_MILLIS = 500;

  private FullDisk() {}

  /** The problem of an operation that failed because of it; empty for any other failure. */
  public static Optional<Problem> problem(RuntimeException failure) {
    return isCauseOf(failure)
        ? Optional.of(
            Problem.of(
                ErrorCode.HOST_RESOURCE_MISSING,
                "The disk with the data of the host's agent is full; an operator has to free some of"
                    + " it, or start the domain again to have it placed elsewhere."))
        : Optional.empty();
  }

  /**
   * Writes, and while the disk is full waits and writes again: the caller's command or event is a
   * fact by now. It ends with the agent.
   *
   * @throws UncheckedIOException for every other failure
   */
  public static void outwait(Runnable write) {
    boolean said = false;
    while (true) {
      try {
        write.run();
        return;
      } catch (UncheckedIOException e) {
        if (!isCauseOf(e)) {
          throw e;
        }
        if (!said) {
          LOG.errorf("The host's disk is full, so this waits until there is room: %s", e);
          said = true;
        }
        pause(e);
      }
    }
  }

  private static boolean isCauseOf(RuntimeException failure) {
    Throwable cause = failure instanceof UncheckedIOException ? failure.getCause() : null;
    String message = cause == null ? null : cause.getMessage();
    return message != null
        && (message.contains("No space left on device") || message.contains("quota exceeded"));
  }

  private static void pause(UncheckedIOException failure) {
    try {
      TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure;
    }
  }
}
