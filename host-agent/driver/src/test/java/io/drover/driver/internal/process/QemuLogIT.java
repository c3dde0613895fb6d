package io.drover.driver.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program prints without end fills no disk, and what it says at its end is there. */
class QemuLogIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir Path folder;
  private Path log;

  @BeforeEach
  void makeLog() throws IOException {
    log = Files.createFile(folder.resolve("qemu.log"));
  }

  private QemuProcess run(String script) {
    return new QemuLauncher(Optional.empty())
        .launchBounded(
            List.of("sh", "-c", "trap '' PIPE; " + script), Map.of(), log, Optional.empty());
  }

  @FunctionalInterface
  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition) throws IOException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("it did not come in time").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Test
  void whatIsPrintedLastIsInTheLogOnceTheEndIsKnown() throws IOException {
    for (int run = 0; run < 20; run++) {
      QemuProcess process = run("echo out " + run + "; echo err " + run + " >&2; exit 3");
      assertThat(process.awaitExit(LIMIT)).isTrue();
      assertThat(process.exitStatus()).hasValue(3);
      assertThat(Files.readString(log)).endsWith("out " + run + "\nerr " + run + "\n");
    }
  }

  @Test
  void aLineIsThereWhileTheProgramRuns() throws IOException {
    QemuProcess process = run("echo here; exec sleep 60");
    try {
      await(() -> Files.size(log) > 0);
      assertThat(log).hasContent("here");
    } finally {
      process.kill();
      assertThat(process.awaitExit(LIMIT)).isTrue();
    }
  }

  @Test
  void moreThanTheLimitIsLostAndTheProgramGoesOn() throws IOException {
    Path mark = folder.resolve("mark");
    QemuProcess process = run("head -c 8000000 /dev/zero; touch " + mark + "; exec sleep 60");
    try {
      await(() -> Files.exists(mark));
      assertThat(Files.size(log)).isEqualTo(QemuLog.LIMIT);
      assertThat(process.identity().alive()).isTrue();
    } finally {
      process.kill();
      assertThat(process.awaitExit(LIMIT)).isTrue();
    }
    QemuLog.makeRoom(log);
    assertThat(log).doesNotExist();
    assertThat(QemuLog.older(log)).hasSize(QemuLog.LIMIT);
  }

  private QemuProcess logging(String script, ConsoleLogFiles console) {
    return new QemuLauncher(Optional.empty())
        .launchBounded(
            List.of("sh", "-c", script, "sh", console.pipe().toString()),
            Map.of(),
            log,
            Optional.of(console));
  }

  private ConsoleLogFiles console() throws IOException {
    ConsoleLogFiles console =
        new ConsoleLogFiles(folder.resolve("c.pipe"), folder.resolve("console.log"));
    console.make();
    Files.createFile(console.log());
    return console;
  }

  @Test
  void aConsoleIsKeptWhileItsProgramRunsAndAfterIt() throws IOException {
    ConsoleLogFiles console = console();
    QemuProcess process = logging("exec 5>\"$1\"; echo login: >&5; exec sleep 60", console);
    try {
      await(() -> Files.size(console.log()) > 0);
      assertThat(console.log()).hasContent("login:");
    } finally {
      process.kill();
      assertThat(process.awaitExit(LIMIT)).isTrue();
    }
    ConsoleLogFiles next = console();
    assertThat(next.older()).hasContent("login:");
    assertThat(next.log()).isEmptyFile();
  }

  @Test
  void ofAConsoleThatPrintsWithoutEndTheLatestIsKept() throws IOException {
    ConsoleLogFiles console = console();
    QemuProcess process =
        logging("exec 5>\"$1\"; head -c 30000000 /dev/zero >&5; echo END >&5", console);
    assertThat(process.awaitExit(LIMIT)).isTrue();
    await(() -> endsWith(console.log(), "END\n") || endsWith(console.older(), "END\n"));
    assertThat(Files.size(console.log()) + Files.size(console.older()))
        .isLessThanOrEqualTo(2 * QemuLog.CONSOLE_LIMIT)
        .isGreaterThanOrEqualTo(QemuLog.CONSOLE_LIMIT);
  }

  @Test
  void whatKeepsTheLogsIsNotInTheNetworkOfItsProgramAndHoldsNoneOfIt() throws IOException {
    Path lease = Files.writeString(folder.resolve("lease"), "lease\n");
    ConsoleLogFiles console = console();
    QemuProcess process =
        new QemuLauncher(Optional.empty())
            .within(new NetworkEntry(List.of("env", "NETWORK=inside"), lease))
            .launchBounded(
                List.of("sh", "-c", "read line; echo $line $NETWORK; exec sleep 60"),
                Map.of(),
                log,
                Optional.of(console));
    try {
      await(() -> Files.readString(log).equals("lease inside\n"));
      List<ProcessHandle> keepers = of(console);
      assertThat(keepers).isNotEmpty();
      for (ProcessHandle keeper : keepers) {
        Path itself = Path.of("/proc", Long.toString(keeper.pid()));
        assertThat(Files.readString(itself.resolve("environ"))).doesNotContain("NETWORK");
        assertThat(opened(itself)).isNotEmpty().doesNotContain(lease);
      }
    } finally {
      process.kill();
      assertThat(process.awaitExit(LIMIT)).isTrue();
    }
  }

  private static List<Path> opened(Path process) throws IOException {
    List<Path> opened = new ArrayList<>();
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : descriptors) {
        try {
          opened.add(Files.readSymbolicLink(descriptor));
        } catch (NoSuchFileException e) {
          continue; // it was closed meanwhile
        }
      }
    }
    return opened;
  }

  /** The processes that keep what goes through this pipe. */
  private static List<ProcessHandle> of(ConsoleLogFiles console) {
    String pipe = console.pipe().toString();
    return ProcessHandle.allProcesses()
        .filter(each -> each.info().commandLine().filter(line -> line.contains(pipe)).isPresent())
        .filter(each -> each.info().commandLine().orElse("").contains("drover-log"))
        .toList();
  }

  private static boolean endsWith(Path file, String end) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int from = Math.max(0, bytes.length - end.length());
    return new String(bytes, from, bytes.length - from, StandardCharsets.US_ASCII).equals(end);
  }

  @Test
  void aProgramThatNeverOpensItsConsoleLeavesNobodyWaiting() throws IOException {
    ConsoleLogFiles console = console();
    QemuProcess process = logging("exit 1", console);
    assertThat(process.awaitExit(LIMIT)).isTrue();
    await(() -> of(console).isEmpty());
  }
}
