package io.drover.driver.internal.plan;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where hugetlbfs is mounted, by the size of its pages, and which size is the host's default. */
record HugePageMounts(Map<Long, String> byKib, long defaultKib) {
  private static final Path MOUNTS = Path.of("/proc/self/mounts");
  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final Pattern PAGE_SIZE =
      Pattern.compile("(?:.*,)?pagesize=(\\d+)([KMG])(?:,.*)?");
  private static final Pattern DEFAULT = Pattern.compile("Hugepagesize:\\s+(\\d+) kB");
  private static final long USUAL_KIB = 2048;

  /**
   * Asks the kernel.
   *
   * @throws ProblemException {@code HOST_RESOURCE_MISSING} when it does not answer
   */
  static HugePageMounts ofHost() {
    try {
      return of(lines(MOUNTS), lines(MEMORY));
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.HOST_RESOURCE_MISSING, "The host's mounts cannot be read.", e);
    }
  }

  /** Mounts have names of any bytes, some of them made by any user. */
  private static List<String> lines(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
  }

  /** From the lines of {@code /proc/self/mounts} and {@code /proc/meminfo}. */
  static HugePageMounts of(List<String> mounts, List<String> memory) {
    long usual = USUAL_KIB;
    for (String line : memory) {
      Matcher size = DEFAULT.matcher(line);
      usual = size.matches() ? Long.parseLong(size.group(1)) : usual;
    }
    Map<Long, String> found = new HashMap<>();
    for (String line : mounts) {
      String[] fields = line.split(" ", -1);
      if (fields.length > 3 && fields[2].equals("hugetlbfs")) {
        Matcher size = PAGE_SIZE.matcher(fields[3]);
        found.putIfAbsent(size.matches() ? kib(size) : usual, fields[1]);
      }
    }
    return new HugePageMounts(Map.copyOf(found), usual);
  }

  private static long kib(Matcher size) {
    long number = Long.parseLong(size.group(1));
    return switch (size.group(2)) {
      case "G" -> number << 20;
      case "M" -> number << 10;
      default -> number;
    };
  }
}
