package io.drover.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversIT {
  @TempDir Path folder;

  @Test
  void endsWhatAKilledLauncherLeftAndNobodyElse() throws Exception {
    ChildProcess left =
        ChildProcess.start(
            new ChildProcess.Spec(
                "left", List.of("sleep", "60"), Map.of(), folder, folder.resolve("log"), folder));
    Process other = new ProcessBuilder("sleep", "60").start();
    try {
      // The number is used again by a process that started at another time.
      Files.writeString(
          folder.resolve("gone.pid"), new ChildIdentity(other.pid(), Instant.EPOCH).text() + "\n");

      assertThat(Leftovers.end(folder)).containsExactly("left");
      left.exit().get(5, TimeUnit.SECONDS);
      assertThat(other.isAlive()).isTrue();
      assertThat(folder).isDirectoryNotContaining("glob:**.pid");
    } finally {
      other.destroyForcibly();
      left.stop(Duration.ofSeconds(1));
    }
  }
}
