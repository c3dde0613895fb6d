package io.drover.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * QEMU alone: the command line that the driver made, run by hand. What one cannot be faster than.
 */
final class RawQemu implements Contender {
  private static final Pattern MONITOR = Pattern.compile("(?:path=|\"path\": ?\"|unix:)([^,\"]+)");
  private static final Pattern MASTER_KEY = Pattern.compile("\"file\": ?\"([^\"]+)\"");
  private static final int MASTER_KEY_BYTES = 32;
  private static final long DEADLINE_SECONDS = 15;
  private final List<String> argv;
  private final Path monitor;

  private RawQemu(List<String> argv, Path monitor) {
    this.argv = argv;
    this.monitor = monitor;
  }

  /**
   * Takes over a command line of the driver, with every path below its root moved to a copy.
   *
   * @param root the driver's root while a domain with that command line runs
   * @param copy a folder to be made
   */
  static RawQemu of(List<String> argv, Path root, Path copy) throws IOException {
    List<Path> paths;
    try (var walk = Files.walk(root)) {
      paths = walk.sorted().toList();
    }
    for (Path path : paths) {
      Path twin = copy.resolve(root.relativize(path));
      if (Files.isDirectory(path)) {
        Files.createDirectories(twin);
      } else if (Files.isRegularFile(path)) {
        Files.copy(path, twin);
      }
    }
    List<String> moved =
        argv.stream().map(each -> each.replace(root.toString(), copy.toString())).toList();
    for (String argument : moved) {
      Matcher key = MASTER_KEY.matcher(argument);
      if (argument.contains("masterKey0") && key.find()) {
        // The driver has removed its own, and a domain without secrets needs no real one.
        Files.writeString(Path.of(key.group(1)), "0".repeat(MASTER_KEY_BYTES));
      }
    }
    return new RawQemu(moved, monitorOf(moved));
  }

  /** The monitor's socket: of the character device that {@code -mon} names. */
  static Path monitorOf(List<String> argv) throws IOException {
    for (int i = 0; i + 1 < argv.size(); i++) {
      boolean monitor = argv.get(i + 1).contains("monitor") || argv.get(i).equals("-qmp");
      Matcher path = MONITOR.matcher(argv.get(i + 1));
      if (argv.get(i).matches("-chardev|-qmp") && monitor && path.find()) {
        return Path.of(path.group(1));
      }
    }
    throw new IOException("No monitor socket in " + String.join(" ", argv));
  }

  @Override
  public String name() {
    return "raw QEMU";
  }

  @Override
  public String covers() {
    return "exec of the driver's own command line to query-status answered";
  }

  @Override
  public Run run(int number) throws IOException, InterruptedException {
    Files.deleteIfExists(monitor);
    long begun = System.nanoTime();
    Process qemu =
        new ProcessBuilder(argv)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (RawMonitor qmp = RawMonitor.connect(monitor, qemu)) {
      qmp.await("\"QMP\"");
      qmp.execute("qmp_capabilities");
      qmp.execute("query-status");
      return new Run((System.nanoTime() - begun) / 1000, Map.of());
    } finally {
      qemu.destroyForcibly();
      if (!qemu.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("QEMU " + qemu.pid() + " does not end");
      }
    }
  }

  @Override
  public void close() {
    // Each run has ended its QEMU; the folder is the caller's.
  }
}
