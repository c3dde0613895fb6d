package io.drover.it.suite;

import io.drover.it.ProjectFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The guest that the project builds from Debian's packages. */
public final class TestGuest {
  /** The size of a volume that holds it. */
  public static final long DISK_BYTES = 64L * 1024 * 1024;

  /** What it says on its serial console when it is up. */
  public static final String READY = "DROVER-GUEST-READY";

  private TestGuest() {}

  /** The disk image, built when it is missing. */
  public static Path image() throws IOException, InterruptedException {
    Path folder = ProjectFiles.root().resolve("data/testguest");
    Path build = ProjectFiles.root().resolve("deploy/testguest/build");
    Path log = ProjectFiles.root().resolve("integration-tests/target/testguest.log");
    Process process =
        new ProcessBuilder(build.toString(), folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError("The test guest cannot be built; see " + log);
    }
    return folder.resolve("drover-guest.qcow2");
  }
}
