package io.drover.driver;

import io.drover.driver.internal.capabilities.LocalInspection;
import io.drover.driver.internal.probe.HostProbe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.stream.Stream;

/**
 * What the emulators of this host can do, found out once for all tests of a module and kept in its
 * {@code target}: a driver of a fresh root would take seconds of both processors to find out the
 * same. The driver itself checks that nothing has changed since.
 */
public final class SharedHostFacts {
  private static final Path FOLDER = Path.of("target", "host-facts").toAbsolutePath();

  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private SharedHostFacts() {}

  private static final class Found {
    static final boolean DONE = find();

    private static boolean find() {
      try {
        Path scratch = Files.createTempDirectory("drover");
        new LocalInspection(
                FOLDER,
                scratch,
                HostProbe.searchPath(System.getenv().getOrDefault("PATH", "")),
                InstantSource.system(),
                System::nanoTime)
            .inspect();
        try (Stream<Path> left = Files.walk(scratch)) {
          left.sorted(java.util.Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }
        return true;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Gives a root that has no cache yet what was found. */
  public static void giveTo(DriverLayout layout) {
    Path cache = layout.cache().resolve("capabilities");
    if (!Found.DONE || Files.exists(cache)) {
      return;
    }
    try (Stream<Path> files = Files.list(FOLDER)) {
      Files.createDirectories(cache, PRIVATE);
      for (Path file : files.filter(path -> path.toString().endsWith(".json")).toList()) {
        Files.copy(file, cache.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
