package io.drover.driver.internal.process;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Bounds what QEMU prints and what its console logs: a guest can make either grow without end,
 * whether a driver runs or not. So both go through a process beside QEMU that keeps so much of them
 * and throws the rest away. It ends when QEMU has, by the ends of its pipes.
 */
public final class QemuLog {
  /** Of QEMU's own output in one run, in bytes: the first. */
  static final long LIMIT = 1024 * 1024;

  /** Of a console's log, in bytes: the latest two times this at most. */
  static final long CONSOLE_LIMIT = 4 * 1024 * 1024;

  /**
   * What is read is written at once; each part that is full is followed by the next. Descriptor 5
   * keeps the console's pipe from ending before QEMU has opened it, or if it never does; only the
   * reader has the other end, so that a QEMU whose reader was killed writes into nothing.
   */
  private static final String KEEP =
      """
      if [ -n "$3" ]; then
        exec 3<> "$3" 4< "$3" 5> "$3" 3>&-
        LATEST="$4" OLDER="$5" split -b "$2" -a 9 -d --filter='
          case $FILE in *[13579]) exec cat > "$OLDER" ;; *) exec cat > "$LATEST" ;; esac
        ' - <&4 4<&- 5>&- > /dev/null &
        exec 4<&-
      fi
      split -b "$1" -a 9 -d --filter='
        case $FILE in x000000000) exec cat ;; *) exec cat > /dev/null ;; esac
      ' - 5>&-
      exec 5>&-
      wait
      """;

  private QemuLog() {}

  /** Copies its standard input to its standard output up to the limit; the console beside it. */
  static List<String> keeper(Optional<ConsoleLogFiles> console) {
    List<String> command = new ArrayList<>(List.of("sh", "-c", KEEP, "drover-log"));
    command.add(Long.toString(LIMIT));
    command.add(Long.toString(CONSOLE_LIMIT));
    command.add(console.map(files -> files.pipe().toString()).orElse(""));
    command.add(console.map(files -> files.log().toString()).orElse(""));
    command.add(console.map(files -> files.older().toString()).orElse(""));
    return command;
  }

  /** Before a run: a log that is full becomes the older one, of which there is one. */
  public static void makeRoom(Path log) {
    try {
      if (Files.exists(log) && Files.size(log) >= LIMIT) {
        Files.move(log, older(log), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED,
          "The full log " + log + " cannot be set aside; check space and rights.",
          e);
    }
  }

  static Path older(Path log) {
    return log.resolveSibling(log.getFileName() + ".1");
  }
}
