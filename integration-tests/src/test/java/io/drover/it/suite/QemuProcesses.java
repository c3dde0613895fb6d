package io.drover.it.suite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The emulators of this machine, as the kernel lists them. */
public final class QemuProcesses {
  private QemuProcesses() {}

  /** Those that name a folder in their arguments. */
  public static List<ProcessHandle> under(Path folder) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().command().orElse("").contains("qemu-system"))
        .filter(process -> commandLine(process.pid()).contains(folder.toString()))
        .toList();
  }

  /** The arguments of a process, a space after each; empty when it is gone. */
  public static String commandLine(long pid) {
    return read(Path.of("/proc/" + pid + "/cmdline"));
  }

  /** The environment of a process, a space after each; empty when it is gone. */
  public static String environment(long pid) {
    return read(Path.of("/proc/" + pid + "/environ"));
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).replace('\0', ' ');
    } catch (IOException e) {
      // It ended while we looked.
      return "";
    }
  }
}
