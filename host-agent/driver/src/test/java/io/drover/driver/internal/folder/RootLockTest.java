package io.drover.driver.internal.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may read a lock's file may hold a lock on it, and so keep the driver from its own root. */
class RootLockTest {
  @TempDir Path state;

  private String rights() throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(state.resolve("driver.pid")));
  }

  @Test
  void nobodyElseMayReadTheLock() throws IOException {
    RootLock.take(state).close();
    assertThat(rights()).isEqualTo("rw-------");
  }

  @Test
  void norOneThatAnEarlierDriverLeftReadable() throws IOException {
    Path file = Files.createFile(state.resolve("driver.pid"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    RootLock.take(state).close();
    assertThat(rights()).isEqualTo("rw-------");
  }
}
