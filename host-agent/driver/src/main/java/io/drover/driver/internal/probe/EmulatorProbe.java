package io.drover.driver.internal.probe;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.Emulator;
import io.drover.driver.QmpDeadlines;
import io.drover.driver.internal.process.LogTail;
import io.drover.driver.internal.process.ProcessIdentity;
import io.drover.driver.internal.process.QemuLauncher;
import io.drover.driver.internal.process.QemuProcess;
import io.drover.driver.internal.qmp.QmpCommand;
import io.drover.driver.internal.qmp.QmpConnection;
import io.drover.driver.internal.qmp.QmpException;
import io.drover.driver.internal.qmp.QmpObserver;
import io.drover.driver.internal.qmp.TimeoutClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Asks an emulator over QMP what it is, on the machine {@code none}: once with KVM where that
 * opens, and then under TCG. Takes some 200 ms.
 */
public final class EmulatorProbe {
  /** Without an answer; a busy host with a cold page cache needs some seconds for the first. */
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  /** All answers together take so many times as long at most. */
  private static final int RUN_IN_DEADLINES = 3;

  private static final Duration KILL_DEADLINE = Duration.ofSeconds(1);
  private static final long TRY_EVERY_NANOS = 1_000_000;
  private final InstantSource clock;
  private final Duration deadline;

  public EmulatorProbe(InstantSource clock) {
    this(clock, DEADLINE);
  }

  /**
   * @param deadline how long the emulator may be silent; each of its runs may take thrice as long
   */
  EmulatorProbe(InstantSource clock, Duration deadline) {
    this.clock = clock;
    this.deadline = deadline;
  }

  /**
   * Runs the emulator and asks.
   *
   * @param folder an empty folder with a short path; emptied again
   * @throws ProblemException {@code EMULATOR_UNUSABLE} with the reason when it ends, hangs or
   *     answers what no emulator answers; none of its processes is left then
   */
  public Emulator probe(Path emulator, Path folder) {
    ProbeReplies first = run(emulator, "kvm:tcg", folder, ProbeQueries::whole);
    if (first.to("query-target").path("arch").asText().isEmpty()) {
      throw unusable(emulator, "it does not report what it emulates.", null);
    }
    Optional<ProbeReplies> underTcg =
        EmulatorFlags.kvm(first) && EmulatorFlags.of(first).contains("tcg")
            ? Optional.of(run(emulator, "tcg", folder, ProbeQueries::underTcg))
            : Optional.empty();
    return ProbeParser.of(emulator.toString(), first, underTcg);
  }

  /** Runs the emulator with these accelerators and holds one interview. */
  ProbeReplies run(
      Path emulator,
      String accelerators,
      Path folder,
      Function<QmpSource, ProbeReplies> interview) {
    Path socket = folder.resolve("qmp");
    Path log = folder.resolve("log");
    long opened = clock.millis() + deadline.toMillis();
    long end = clock.millis() + RUN_IN_DEADLINES * deadline.toMillis();
    QemuProcess process =
        QemuLauncher.ofProbes().launch(command(emulator, accelerators, socket), Map.of(), log);
    try (QmpConnection qmp = connect(socket, process, opened)) {
      return interview.apply((command, arguments) -> ask(qmp, command, arguments, end));
    } catch (QmpException e) {
      throw unusable(emulator, e.getMessage() + ". " + LogTail.whole(log).read(), e);
    } catch (IOException e) {
      throw unusable(emulator, whyNoMonitor(process, log), e);
    } finally {
      try {
        end(process);
      } finally {
        // Even where the wait for its end was interrupted, as by the end of the driver.
        remove(socket);
        remove(log);
      }
    }
  }

  private static List<String> command(Path emulator, String accelerators, Path socket) {
    return List.of(
        emulator.toString(),
        "-S",
        "-no-user-config",
        "-nodefaults",
        "-display",
        "none",
        "-machine",
        "none,accel=" + accelerators,
        "-chardev",
        "socket,id=monitor,server=on,wait=off,path=" + socket.toString().replace(",", ",,"),
        "-mon",
        "chardev=monitor,mode=control");
  }

  private QmpConnection connect(Path socket, QemuProcess process, long end) throws IOException {
    QmpDeadlines deadlines = new QmpDeadlines(deadline, deadline, deadline);
    while (true) {
      try {
        return QmpConnection.connect(socket, deadlines, QmpObserver.none(), clock, "qmp-probe");
      } catch (IOException e) {
        if (process.exitWithinNanos(TRY_EVERY_NANOS) || clock.millis() >= end) {
          throw e;
        }
      }
    }
  }

  private Optional<JsonNode> ask(
      QmpConnection qmp, String command, Map<String, ?> arguments, long end) {
    if (clock.millis() >= end) {
      throw new ProblemException(
          ErrorCode.EMULATOR_UNUSABLE,
          "The emulator does not answer all questions within "
              + RUN_IN_DEADLINES * deadline.toSeconds()
              + " s.");
    }
    try {
      return Optional.of(
          qmp.execute(
              new QmpCommand<>(command, arguments, Function.identity(), TimeoutClass.QUERY)));
    } catch (QmpException.Refused e) {
      return Optional.empty();
    }
  }

  private String whyNoMonitor(QemuProcess process, Path log) {
    String said = LogTail.whole(log).read();
    String words = said.isEmpty() ? "it printed nothing." : "its output: " + said;
    return process.exitStatus().isPresent()
        ? "it ended with status " + process.exitStatus().getAsInt() + "; " + words
        : "its monitor does not open within " + deadline.toSeconds() + " s; " + words;
  }

  /** Kills the emulator and what it has started: a wrapper's child would go on for ever. */
  private static void end(QemuProcess process) {
    List<QemuProcess> all = new ArrayList<>(List.of(process));
    ProcessHandle.of(process.identity().pid()).stream()
        .flatMap(ProcessHandle::descendants)
        .flatMap(handle -> ProcessIdentity.of(handle.pid()).stream())
        .flatMap(identity -> QemuProcess.find(identity).stream())
        .forEach(all::add);
    all.forEach(QemuProcess::kill);
    all.forEach(each -> each.awaitExit(KILL_DEADLINE));
  }

  private static ProblemException unusable(
      Path emulator, String why, @org.jspecify.annotations.Nullable Exception cause) {
    String detail = emulator + " cannot be probed: " + why.strip();
    return cause == null
        ? new ProblemException(ErrorCode.EMULATOR_UNUSABLE, detail)
        : new ProblemException(ErrorCode.EMULATOR_UNUSABLE, detail, cause);
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED,
          "The probe's file " + file + " cannot be removed; check its rights.",
          e);
    }
  }
}
