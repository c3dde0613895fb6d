package io.drover.it.campaign;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;

/**
 * The time of day of one process, which libfaketime reads from a file each second. The monotonic
 * clock stays as it is, as it does when the time of a machine is set.
 */
record ProcessClock(Path file) {
  private static final Path LIBRARIES = Path.of("/usr/lib");

  void step(Duration by) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(fresh, "%+ds%n".formatted(by.toSeconds()));
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** What the process is started with. */
  Map<String, String> environment() throws IOException {
    return Map.of(
        "LD_PRELOAD", library().toString(),
        "FAKETIME_TIMESTAMP_FILE", file.toString(),
        "FAKETIME_CACHE_DURATION", "1",
        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
        // Else each wait of a JVM ends at once.
        "FAKETIME_FORCE_MONOTONIC_FIX", "0");
  }

  private static Path library() throws IOException {
    try (DirectoryStream<Path> machines = Files.newDirectoryStream(LIBRARIES, "*-linux-gnu")) {
      for (Path machine : machines) {
        Path library = machine.resolve("faketime/libfaketimeMT.so.1");
        if (Files.exists(library)) {
          return library;
        }
      }
    }
    throw new IOException(
        "There is no /usr/lib/*/faketime/libfaketimeMT.so.1; run deploy/prerequisites, or install"
            + " the package faketime");
  }
}
