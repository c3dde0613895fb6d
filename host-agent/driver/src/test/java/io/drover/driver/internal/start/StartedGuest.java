package io.drover.driver.internal.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.definition.argv.RunnableCommand;
import io.drover.definition.complete.emulator.EmulatorFacts;
import io.drover.driver.QmpDeadlines;
import io.drover.driver.internal.process.QemuLauncher;
import io.drover.driver.internal.process.QemuProcess;
import io.drover.driver.internal.process.ToolProcess;
import io.drover.driver.internal.qmp.QmpConnection;
import io.drover.driver.internal.qmp.QmpException;
import io.drover.driver.internal.qmp.QmpObserver;
import io.drover.driver.internal.qmp.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Starts a definition by its runnable form, greets its QEMU and ends it. */
final class StartedGuest {
  private static final long TRY_EVERY_MILLIS = 5;
  private static final int MAX_TRIES = 6_000;
  private static final Duration END = Duration.ofSeconds(30);

  /** For a machine that is busy with other tests. */
  private static final QmpDeadlines PATIENT = new QmpDeadlines(END, END.multipliedBy(2), END);

  private StartedGuest() {}

  /**
   * Starts and ends the guest.
   *
   * @param folder its own, with a short name: sockets come into it
   * @return QEMU's word for its state
   * @throws AssertionError with QEMU's words when it does not come up
   */
  static String run(DomainDefinition definition, Path folder) throws Exception {
    RunnableCommand command =
        RunnableCommand.of(
            definition, EmulatorFacts.offline().withDebianFirmware(), folder.toString());
    Path log = Files.createFile(folder.resolve("log"));
    try (HostStubs standIns = new HostStubs(folder)) {
      for (List<String> preparation : command.preparations()) {
        ToolProcess.Result result =
            ToolProcess.run(preparation, new byte[0], Duration.ofSeconds(10));
        assertThat(result.exitStatus()).as(preparation + ": " + result.output()).isZero();
      }
      List<String> argv = new HostReplacement(standIns).replace(command.command().argv());
      QemuProcess process =
          QemuLauncher.ofProbes().launch(argv, command.command().environment(), log);
      try {
        return greet(process, folder.resolve("monitor.sock"));
      } catch (AssertionError | QmpException e) {
        process.awaitExit(Duration.ofSeconds(1)); // what QEMU says last tells why
        throw new AssertionError(Files.readString(log) + "\n" + String.join(" ", argv), e);
      } finally {
        process.kill();
        assertThat(process.awaitExit(END)).isTrue();
      }
    }
  }

  private static String greet(QemuProcess process, Path socket) {
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      if (Files.exists(socket)) {
        try (QmpConnection qmp = connect(socket)) {
          String status = qmp.execute(RunState.queryStatus()).status();
          qmp.execute(RunState.quit());
          assertThat(process.awaitExit(END)).as("QEMU ends when it is told to").isTrue();
          return status;
        } catch (IOException e) {
          // the socket is made and nobody listens yet: tried again, up to the last try
          assertThat(tries).as(e.getMessage()).isLessThan(MAX_TRIES - 1);
        }
      }
      if (process.exitWithin(TRY_EVERY_MILLIS)) {
        throw new AssertionError("QEMU has ended.");
      }
    }
    throw new AssertionError("QEMU has not greeted.");
  }

  private static QmpConnection connect(Path socket) throws IOException {
    return QmpConnection.connect(
        socket, PATIENT, QmpObserver.none(), InstantSource.system(), "qmp-test");
  }
}
