package io.drover.driver.probe;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.probe.Emulator.Machine;
import io.drover.driver.process.LogTail;
import io.drover.driver.process.QemuLauncher;
import io.drover.driver.process.QemuProcess;
import io.drover.driver.qmp.Deadlines;
import io.drover.driver.qmp.QmpCommand;
import io.drover.driver.qmp.QmpConnection;
import io.drover.driver.qmp.QmpException;
import io.drover.driver.qmp.QmpSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Asks an emulator over QMP what it is, on the machine {@code none}. Takes some 50 ms. */
public final class EmulatorProbe {
  private static final long TRY_EVERY_NANOS = 1_000_000;
  private static final int MAX_TRIES = 15_000;
  private final InstantSource clock;

  public EmulatorProbe(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Runs the emulator and asks.
   *
   * @param folder an empty folder with a short path; emptied again
   */
  public Emulator probe(Path emulator, Path folder) {
    Path socket = folder.resolve("qmp");
    Path log = folder.resolve("log");
    QemuProcess process = QemuLauncher.ofProbes().launch(command(emulator, socket), Map.of(), log);
    try (QmpConnection qmp = connect(socket, process)) {
      return describe(emulator, qmp);
    } catch (QmpException e) {
      throw unusable(emulator, e.getMessage() + " " + LogTail.whole(log).read(), e);
    } catch (IOException e) {
      throw unusable(emulator, "it ended: " + LogTail.whole(log).read(), e);
    } finally {
      process.kill();
      remove(socket);
      remove(log);
    }
  }

  private static List<String> command(Path emulator, Path socket) {
    return List.of(
        emulator.toString(),
        "-S",
        "-no-user-config",
        "-nodefaults",
        "-display",
        "none",
        "-machine",
        "none,accel=tcg",
        "-chardev",
        "socket,id=monitor,server=on,wait=off,path=" + socket.toString().replace(",", ",,"),
        "-mon",
        "chardev=monitor,mode=control");
  }

  private QmpConnection connect(Path socket, QemuProcess process) throws IOException {
    for (int tries = 1; true; tries++) {
      try {
        return QmpConnection.connect(socket, Deadlines.usual(), QmpSink.none(), clock, "qmp-probe");
      } catch (IOException e) {
        if (process.exitWithinNanos(TRY_EVERY_NANOS) || tries == MAX_TRIES) {
          throw e;
        }
      }
    }
  }

  private static Emulator describe(Path emulator, QmpConnection qmp) {
    JsonNode version = qmp.execute(QmpCommand.query("query-version")).path("qemu");
    String arch = qmp.execute(QmpCommand.query("query-target")).path("arch").asText();
    return new Emulator(
        emulator.toString(),
        arch,
        version.path("major").asInt()
            + "."
            + version.path("minor").asInt()
            + "."
            + version.path("micro").asInt(),
        machines(qmp.execute(QmpCommand.query("query-machines"))),
        cpuModels(qmp.execute(QmpCommand.query("query-cpu-definitions"))));
  }

  private static List<Machine> machines(JsonNode answer) {
    List<Machine> machines = new ArrayList<>();
    for (JsonNode each : answer) {
      List<String> aliases = new ArrayList<>();
      if (each.hasNonNull("alias")) {
        aliases.add(each.get("alias").asText());
      }
      machines.add(new Machine(each.path("name").asText(), aliases, each.path("cpu-max").asInt(1)));
    }
    machines.sort(Comparator.comparing(Machine::name));
    return machines;
  }

  private static List<String> cpuModels(JsonNode answer) {
    List<String> names = new ArrayList<>();
    for (JsonNode each : answer) {
      names.add(each.path("name").asText());
    }
    names.sort(Comparator.naturalOrder());
    return names;
  }

  private static ProblemException unusable(Path emulator, String why, Exception cause) {
    return new ProblemException(
        ErrorCode.EMULATOR_UNUSABLE, emulator + " does not answer: " + why.strip(), cause);
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED, "The probe's file " + file + " cannot be removed.", e);
    }
  }
}
