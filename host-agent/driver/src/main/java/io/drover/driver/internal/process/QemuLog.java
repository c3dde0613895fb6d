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
 * Bounds what QEMU prints, what its console logs and what the programs beside it print: a guest can
 * make each grow without end, whether a driver runs or not. So all go through a process beside QEMU
 * that keeps so much of them and throws the rest away. It ends when QEMU, or the program, has, by
 * the ends of its pipes.
 */
public final class QemuLog {
  /** Of a program's output in one run, in bytes: the first. */
  static final long LIMIT = 1024 * 1024;

  /** Of a console's log, in bytes: the latest two times this at most. */
  static final long CONSOLE_LIMIT = 4 * 1024 * 1024;

  /** The unit of {@code ulimit -f}. */
  private static final long BLOCK = 512;

  /**
   * What is read is written at once. The kernel ends the one that writes QEMU's output at the limit
   * of its file's size, another then reads the rest; of the console's, each part that is full is
   * followed by the next. It starts while QEMU does, on the same processors, so it is of few
   * programs. Descriptor 5 keeps the console's pipe from ending before QEMU has opened it, or if it
   * never does; only the reader has the other end, so that a QEMU whose reader was killed writes
   * into nothing.
   */
  private static final String KEEP =
      """
      ulimit -c 0
      if [ -n "$3" ]; then
        exec 3<> "$3" 4< "$3" 5> "$3" 3>&-
        LATEST="$4" OLDER="$5" split -b "$2" -a 9 -d --filter='
          case $FILE in *[13579]) exec cat > "$OLDER" ;; *) exec cat > "$LATEST" ;; esac
        ' - <&4 4<&- 5>&- > /dev/null &
        exec 4<&-
      fi
      ( ulimit -f "$1"; exec cat ) 5>&- || cat 5>&- > /dev/null
      exec 5>&-
      wait
      """;

  private QemuLog() {}

  /**
   * Copies its standard input to its standard output up to the limit; the console beside it.
   *
   * @param written what the file has already that the output is appended to, in bytes
   */
  static List<String> keeper(long written, Optional<ConsoleLogFiles> console) {
    List<String> command = new ArrayList<>(List.of("sh", "-c", KEEP, "drover-log"));
    command.add(Long.toString((written + LIMIT) / BLOCK));
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
          "The full log " + log + " cannot be renamed; check space and rights.",
          e);
    }
  }

  static Path older(Path log) {
    return log.resolveSibling(log.getFileName() + ".1");
  }
}
