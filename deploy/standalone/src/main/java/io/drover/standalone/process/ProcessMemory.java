package io.drover.standalone.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process really holds: its proportional set size, shared pages divided by their users. */
public final class ProcessMemory {
  private static final long BYTES_PER_KIB = 1024;

  private ProcessMemory() {}

  /** Of the process and all its descendants, in bytes; 0 for a process that is gone. */
  public static long ofTree(long pid) {
    long own = of(pid);
    long below =
        ProcessHandle.of(pid).stream()
            .flatMap(ProcessHandle::descendants)
            .mapToLong(child -> of(child.pid()))
            .sum();
    return own + below;
  }

  /** Of this process alone, in bytes; 0 when it is gone or not ours to look at. */
  public static long of(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "smaps_rollup")).stream()
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * BYTES_PER_KIB)
          .sum();
    } catch (IOException e) {
      // It has ended between being listed and being read.
      return 0;
    }
  }
}
