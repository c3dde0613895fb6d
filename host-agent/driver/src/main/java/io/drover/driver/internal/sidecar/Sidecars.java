package io.drover.driver.internal.sidecar;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.internal.process.CleanupManifest;
import io.drover.driver.internal.process.HostProcesses;
import io.drover.driver.internal.process.LogTail;
import io.drover.driver.internal.process.QemuLauncher;
import io.drover.driver.internal.process.QemuProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts and ends the processes beside a domain's QEMU. They outlive this program as QEMU does; a
 * list beside the domain's folder, written before the first of them is there, tells the next driver
 * whom to end. Thread-safe; blocks the calling thread.
 */
public final class Sidecars {
  private static final Logger LOG = LoggerFactory.getLogger(Sidecars.class);
  private static final String LIST = "companions";
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
   * Writes down whom a domain is about to have, so that {@link #end} finds them.
   *
   * @param folder the domain's own
   */
  public void announce(Path folder, List<Sidecar> companions) {
    if (!companions.isEmpty()) {
      list(folder).write(companions.stream().map(Sidecar::mark).toList());
    }
  }

  /**
   * Starts some of those that were announced and returns when each one listens. When one fails,
   * those before it are still there: {@link #end} ends them.
   *
   * @param deadline for each
   */
  public void start(List<Sidecar> companions, Duration deadline) {
    for (Sidecar companion : companions) {
      LogTail words = LogTail.fromNow(companion.log());
      QemuProcess process =
          new QemuLauncher(companion.user()).launch(companion.command(), Map.of(), companion.log());
      awaitSocket(companion, process, words, deadline);
    }
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
                + "' needs. It said: "
                + words.read()
                + companion.ownLog().map(log -> "\n" + LogTail.whole(log).read()).orElse(""));
      }
    }
  }

  /**
   * Has somebody hear when one of a running domain's companions ends.
   *
   * @param onEnd gets the mark of the one that ended, on a thread that must not be blocked
   */
  public void watch(Path folder, Consumer<String> onEnd) {
    for (String mark : list(folder).read()) {
      List<QemuProcess> found = processes.marked(mark);
      if (found.isEmpty()) {
        onEnd.accept(mark);
      } else {
        found.get(0).onExit(() -> onEnd.accept(mark));
      }
    }
  }

  /** Ends all that a domain has left; without companions, this costs next to nothing. */
  public void end(Path folder, Duration deadline) {
    List<QemuProcess> servers =
        list(folder).read().stream().flatMap(mark -> processes.marked(mark).stream()).toList();
    servers.forEach(QemuProcess::terminate);
    List<QemuProcess> stubborn = alive(servers, deadline);
    stubborn.forEach(QemuProcess::kill);
    alive(stubborn, deadline)
        .forEach(left -> LOG.error("The process {} survives SIGKILL", left.identity().pid()));
    list(folder).remove();
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

  private static CleanupManifest list(Path folder) {
    return new CleanupManifest(folder, LIST);
  }
}
