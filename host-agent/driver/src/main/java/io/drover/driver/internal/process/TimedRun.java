package io.drover.driver.internal.process;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Runs a program that writes two marker bytes on its standard output and measures the time between
 * them, so that how long the program took to load does not count. Blocks the calling thread; the
 * program has ended when the call returns.
 */
public final class TimedRun {
  private static final int MAX_KEPT_BYTES = 4096;
  private static final int REAP_SECONDS = 5;

  private final byte first;
  private final byte last;
  private final LongSupplier nanoTicker;

  /**
   * @param nanoTicker monotonic nanoseconds, as {@link System#nanoTime}
   */
  public TimedRun(char first, char last, LongSupplier nanoTicker) {
    this.first = (byte) first;
    this.last = (byte) last;
    this.nanoTicker = nanoTicker;
  }

  /**
   * What was seen.
   *
   * @param nanosBetween empty unless both markers came before the deadline
   * @param started whether the first marker came
   * @param finished whether the program ended by itself before the deadline
   * @param errors the first 4 KiB of standard error
   */
  public record Outcome(
      OptionalLong nanosBetween,
      boolean started,
      boolean finished,
      int exitStatus,
      String errors) {}

  /** Runs the command; whatever is left of it at the deadline is killed. */
  public Outcome run(List<String> command, Duration deadline) {
    Process process = start(command);
    CompletableFuture<long[]> marks =
        CompletableFuture.supplyAsync(() -> awaitMarkers(process.getInputStream()));
    CompletableFuture<String> errors =
        CompletableFuture.supplyAsync(() -> head(process.getErrorStream()));
    try {
      boolean finished = process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS);
      if (!finished) {
        process.destroyForcibly().waitFor(REAP_SECONDS, TimeUnit.SECONDS);
      }
      long[] seen = marks.get(REAP_SECONDS, TimeUnit.SECONDS);
      return new Outcome(
          seen.length == 2 ? OptionalLong.of(seen[1] - seen[0]) : OptionalLong.empty(),
          seen.length > 0,
          finished,
          finished ? process.exitValue() : -1,
          errors.get(REAP_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new ProblemException(ErrorCode.UNAVAILABLE, "The probe was interrupted.", e);
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new ProblemException(
          ErrorCode.EMULATOR_UNUSABLE, "The output of " + command.get(0) + " cannot be read.", e);
    }
  }

  private static Process start(List<String> command) {
    try {
      Process process = new ProcessBuilder(ParentDeathSignal.bound(command)).start();
      process.getOutputStream().close();
      return process;
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.EMULATOR_UNUSABLE, command.get(0) + " cannot be started.", e);
    }
  }

  private long[] awaitMarkers(InputStream output) {
    long begun = 0;
    boolean started = false;
    try (output) {
      int next = output.read();
      while (next >= 0) {
        if (!started && next == first) {
          begun = nanoTicker.getAsLong();
          started = true;
        } else if (started && next == last) {
          return new long[] {begun, nanoTicker.getAsLong()};
        }
        next = output.read();
      }
    } catch (IOException e) {
      // A killed program closes its end in the middle; what was seen until then stands.
      return started ? new long[] {begun} : new long[0];
    }
    return started ? new long[] {begun} : new long[0];
  }

  private static String head(InputStream stream) {
    try (stream) {
      String kept = new String(stream.readNBytes(MAX_KEPT_BYTES), StandardCharsets.UTF_8).strip();
      stream.transferTo(java.io.OutputStream.nullOutputStream());
      return kept;
    } catch (IOException e) {
      return "(its error output cannot be read: " + e.getMessage() + ")";
    }
  }
}
