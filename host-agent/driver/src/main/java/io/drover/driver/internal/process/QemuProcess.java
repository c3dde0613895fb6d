package io.drover.driver.internal.process;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A QEMU process, started here or found again. Thread-safe. */
public final class QemuProcess {
  private static final long GLANCE_MILLIS = 2;
  private static final long REAP_MILLIS = 1000;
  private static final long LOG_MILLIS = 500;
  private final ProcessIdentity identity;
  private final boolean child;
  private final CompletableFuture<OptionalInt> exit;

  private QemuProcess(
      ProcessIdentity identity, boolean child, CompletableFuture<OptionalInt> exit) {
    this.identity = identity;
    this.child = child;
    this.exit = exit;
  }

  static QemuProcess started(ProcessIdentity identity, Process process) {
    CompletableFuture<OptionalInt> exit =
        process.onExit().thenApply(ended -> OptionalInt.of(ended.exitValue()));
    return new QemuProcess(identity, true, exit);
  }

  /**
   * One whose output another process writes to its log: the end is told once that is whole, or
   * after half a second.
   */
  static QemuProcess started(ProcessIdentity identity, Process process, Process output) {
    CompletableFuture<OptionalInt> exit =
        process
            .onExit()
            .thenCompose(
                ended ->
                    output
                        .onExit()
                        .completeOnTimeout(output, LOG_MILLIS, TimeUnit.MILLISECONDS)
                        .thenApply(written -> OptionalInt.of(ended.exitValue())));
    return new QemuProcess(identity, true, exit);
  }

  /** The process of an earlier driver; empty when it is gone. */
  public static Optional<QemuProcess> find(ProcessIdentity identity) {
    return ProcessHandle.of(identity.pid())
        .filter(handle -> identity.alive())
        .map(
            handle ->
                new QemuProcess(
                    identity, false, handle.onExit().thenApply(ended -> OptionalInt.empty())));
  }

  /** A process that is known to have ended. */
  public static QemuProcess gone(ProcessIdentity identity) {
    return new QemuProcess(identity, false, CompletableFuture.completedFuture(OptionalInt.empty()));
  }

  public ProcessIdentity identity() {
    return identity;
  }

  /** Runs this once the process has ended; at once when it has. */
  public void onExit(Runnable reaction) {
    var unused = exit.whenComplete((status, failure) -> reaction.run());
  }

  /** The exit status of a process that has ended; only one that was started here tells. */
  public OptionalInt exitStatus() {
    if (child) {
      exitWithin(REAP_MILLIS);
    }
    return exit.getNow(OptionalInt.empty());
  }

  /**
   * Waits for the end. A process that is not our child is looked at every 2 ms, because the
   * platform tells of its end seconds late.
   */
  public boolean awaitExit(Duration deadline) {
    long millis = deadline.toMillis();
    for (long waited = 0; waited <= millis; waited += GLANCE_MILLIS) {
      if (exitWithin(GLANCE_MILLIS) || !identity.alive()) {
        return true;
      }
    }
    return false;
  }

  /** Waits that long for the end; true when it has come. */
  public boolean exitWithin(long millis) {
    return exitWithinNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** Waits that long for the end; true when it has come. */
  public boolean exitWithinNanos(long nanos) {
    try {
      exit.get(nanos, TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return !identity.alive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(
          ErrorCode.UNAVAILABLE,
          "Waiting for the process " + identity.pid() + " was interrupted.",
          e);
    }
  }

  /** Sends SIGTERM: QEMU flushes its images and exits. */
  public void terminate() {
    handle().ifPresent(ProcessHandle::destroy);
  }

  /** Sends SIGKILL. */
  public void kill() {
    handle().ifPresent(ProcessHandle::destroyForcibly);
  }

  /** The handle checks the start time again when it signals. */
  private Optional<ProcessHandle> handle() {
    return ProcessHandle.of(identity.pid()).filter(found -> identity.alive());
  }
}
