package io.drover.driver.internal.sidecar;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.internal.folder.DomainFolder;
import io.drover.driver.internal.process.HostProcesses;
import io.drover.driver.internal.process.LogTail;
import io.drover.driver.internal.process.QemuLauncher;
import io.drover.driver.internal.process.QemuLog;
import io.drover.driver.internal.process.QemuProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Starts and ends the processes beside a domain's QEMU. They outlive this program as QEMU does; the
 * journal has their marks before the first of them exists, so that the next driver can end them.
 * Thread-safe; blocks the calling thread.
 */
public final class Sidecars {
  private static final long TRY_EVERY_NANOS = 400_000;
  private final LongSupplier nanoTicker;
  private final HostProcesses processes;
  private final SidecarScan scan = new SidecarScan(Path.of("/proc"));

  /**
   * @param nanoTicker monotonic nanoseconds, as {@link System#nanoTime}
   * @param processes those that companions are found again among
   */
  public Sidecars(LongSupplier nanoTicker, HostProcesses processes) {
    this.nanoTicker = nanoTicker;
    this.processes = processes;
  }

  /**
   * Starts them and returns when each one listens. When one fails, those before it are still there:
   * {@link #end} ends them.
   *
   * @param deadline for each
   */
  void start(List<Sidecar> companions, Duration deadline) {
    for (Sidecar companion : companions) {
      QemuLog.makeRoom(companion.log());
      DomainFolder.privateFile(companion.log());
      LogTail words = LogTail.fromNow(companion.log());
      QemuProcess process =
          new QemuLauncher(companion.user())
              .launchBounded(surviving(companion.command()), companion.log(), new byte[0]);
      awaitSocket(companion, process, words, deadline);
    }
  }

  /** They keep running when the one that keeps their log was killed. */
  private static List<String> surviving(List<String> command) {
    List<String> all = new ArrayList<>(List.of("env", "--ignore-signal=PIPE"));
    all.addAll(command);
    return all;
  }

  private void awaitSocket(
      Sidecar companion, QemuProcess process, LogTail words, Duration deadline) {
    long until = nanoTicker.getAsLong() + deadline.toNanos();
    while (!scan.listens(companion.socket())) {
      boolean ended = process.exitWithinNanos(TRY_EVERY_NANOS);
      if (ended || nanoTicker.getAsLong() - until > 0) {
        throw new ProblemException(
            ErrorCode.QEMU_START_FAILED,
            companion.command().get(0)
                + (ended ? " ended at once" : " does not listen within " + deadline)
                + ", which '"
                + companion.alias()
                + "' needs. Its output: "
                + words.read()
                + companion.ownLog().map(log -> "\n" + LogTail.whole(log).read()).orElse(""));
      }
    }
  }

  /**
   * Watches the sidecars of a running domain.
   *
   * @param onEnd gets the mark of the one that ended, on a thread that must not be blocked
   */
  void watch(List<String> marks, Consumer<String> onEnd) {
    for (String mark : marks) {
      List<QemuProcess> found = processes.marked(mark);
      if (found.isEmpty()) {
        onEnd.accept(mark);
      } else {
        found.get(0).onExit(() -> onEnd.accept(mark));
      }
    }
  }

  /**
   * Ends those that run.
   *
   * @param deadline for each of SIGTERM and SIGKILL, for all together
   * @throws ProblemException {@code UNAVAILABLE} when one survives
   */
  void end(List<String> marks, Duration deadline) {
    List<QemuProcess> servers =
        marks.stream().flatMap(mark -> processes.marked(mark).stream()).toList();
    servers.forEach(QemuProcess::terminate);
    List<QemuProcess> stubborn = alive(servers, deadline);
    stubborn.forEach(QemuProcess::kill);
    List<Long> left =
        alive(stubborn, deadline).stream().map(server -> server.identity().pid()).toList();
    if (!left.isEmpty()) {
      throw new ProblemException(
          ErrorCode.UNAVAILABLE,
          "The sidecar processes " + left + " survive SIGKILL; look at the host.");
    }
  }

  /** Those that are there still after the deadline, however many they are. */
  private List<QemuProcess> alive(List<QemuProcess> servers, Duration deadline) {
    long until = nanoTicker.getAsLong() + deadline.toNanos();
    return servers.stream()
        .filter(
            server ->
                !server.awaitExit(Duration.ofNanos(Math.max(0, until - nanoTicker.getAsLong()))))
        .toList();
  }
}
