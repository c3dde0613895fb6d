package io.drover.standalone.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The guests of a data folder: they outlive the suite. */
public final class Guests {
  private Guests() {}

  /** The QEMU processes whose files are in the folder, or in the one of the system that it has. */
  public static List<ProcessHandle> under(Path data) {
    return Stream.of(data, HostFolder.of(data).path())
        .distinct()
        .flatMap(folder -> naming(folder).stream())
        .distinct()
        .toList();
  }

  /** The QEMU processes that name a file below the folder. */
  static List<ProcessHandle> naming(Path folder) {
    return ProcessHandle.allProcesses().filter(process -> names(process.pid(), folder)).toList();
  }

  private static boolean names(long pid, Path folder) {
    try {
      String command = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
      String program = command.substring(0, Math.max(0, command.indexOf('\0')));
      return program.contains("qemu-system-") && command.contains(folder + "/");
    } catch (IOException e) {
      // It has ended, or it is another user's.
      return false;
    }
  }
}
