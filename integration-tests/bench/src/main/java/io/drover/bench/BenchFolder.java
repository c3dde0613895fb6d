package io.drover.bench;

import io.drover.standalone.cluster.DataFolder;
import io.drover.standalone.cluster.Guests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A short temporary folder (sockets lie in it), removed with all that is in it. */
record BenchFolder(Path path) implements AutoCloseable {
  static BenchFolder make() throws IOException {
    return new BenchFolder(Files.createTempDirectory("drvb"));
  }

  /** The data folder of a suite; as root it has files elsewhere as well. */
  Path suite() {
    return path.resolve("s");
  }

  /** Ends what an interrupted run has left running, then removes the folder. */
  @Override
  public void close() {
    Guests.under(suite()).forEach(ProcessHandle::destroyForcibly);
    Guests.under(path).forEach(ProcessHandle::destroyForcibly);
    try {
      DataFolder.remove(suite());
      DataFolder.remove(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
