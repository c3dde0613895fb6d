package io.drover.agent.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What domains may claim of this host.
 *
 * @param vcpus virtual CPUs, overcommit included
 * @param memoryMib guest memory in MiB
 */
public record HostCapacity(int vcpus, long memoryMib) {
  private static final Pattern TOTAL = Pattern.compile("(?m)^MemTotal:\\s+(\\d+) kB$");

  /** Reads the kernel's figures; memory is never overcommitted. */
  public static HostCapacity measure(double overcommit, long reserveMib) {
    return of(Runtime.getRuntime().availableProcessors(), meminfo(), overcommit, reserveMib);
  }

  static HostCapacity of(int processors, String meminfo, double overcommit, long reserveMib) {
    Matcher total = TOTAL.matcher(meminfo);
    if (!total.find()) {
      throw new IllegalStateException("/proc/meminfo has no MemTotal");
    }
    long memoryMib = Long.parseLong(total.group(1)) / 1024 - reserveMib;
    return new HostCapacity(
        Math.max(1, (int) Math.floor(processors * overcommit)), Math.max(0, memoryMib));
  }

  private static String meminfo() {
    try {
      return Files.readString(Path.of("/proc/meminfo"));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read /proc/meminfo", e);
    }
  }
}
