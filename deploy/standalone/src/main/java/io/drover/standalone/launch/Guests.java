package io.drover.standalone.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What is to be found below a data folder when nothing of the suite runs any more. */
public final class Guests {
  private Guests() {}

  /** The QEMU processes whose files are in the folder. */
  public static List<ProcessHandle> under(Path data) {
    return ProcessHandle.allProcesses().filter(process -> isGuest(process.pid(), data)).toList();
  }

  /** Removes the folder and everything in it. */
  static void remove(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** Whether a JVM will write its class archive when it ends. */
  static boolean anyUnfinished(Path archives) {
    try (Stream<Path> files = Files.list(archives)) {
      return files.noneMatch(file -> file.toString().endsWith(".jsa"));
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isGuest(long pid, Path data) {
    try {
      String command = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
      String program = command.substring(0, Math.max(0, command.indexOf('\0')));
      return program.contains("qemu-system-") && command.contains(data + "/");
    } catch (IOException e) {
      // It has ended, or it is another user's.
      return false;
    }
  }
}
