package io.drover.standalone.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.standalone.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that are killed. */
@Timeout(30)
class SupervisionIT {
  @TempDir Path folder;

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final AtomicReference<ChildProcess> part = new AtomicReference<>();
  private final AtomicReference<ChildProcess> other = new AtomicReference<>();

  private final RestartListener listener =
      new RestartListener() {
        @Override
        public void exited(String name, int status, Duration pause, Path log) {
          told.add(name + " exited " + status + ", pause " + pause.toSeconds());
        }

        @Override
        public void restarted(String name, Duration took) {
          told.add(name + " restarted");
        }

        @Override
        public void notReady(String name, String cause) {
          told.add(name + " not ready: " + cause);
        }
      };

  private ChildProcess sleeper(String name) throws IOException {
    return ChildProcess.start(
        new ChildProcess.Spec(
            name,
            List.of("sleep", "60"),
            Map.of(),
            folder,
            folder.resolve(name + ".log"),
            folder.resolve("run")));
  }

  private String next() throws InterruptedException {
    return told.poll(20, TimeUnit.SECONDS);
  }

  private Supervision supervise(SupervisedPart.Restart restart) throws IOException {
    part.set(sleeper("part"));
    other.set(sleeper("other"));
    return Supervision.of(
        List.of(
            new SupervisedPart("part", part::get, restart),
            new SupervisedPart("other", other::get, () -> other.set(sleeper("other")))),
        listener,
        System::nanoTime);
  }

  @AfterEach
  void endProcesses() {
    part.get().kill();
    other.get().kill();
  }

  @Test
  void aKilledPartIsStartedAgainAndTheOtherKeepsRunning() throws Exception {
    try (Supervision supervision = supervise(() -> part.set(sleeper("part")))) {
      long first = part.get().pid();
      long untouched = other.get().pid();
      assertThat(Path.of("/proc/" + first + "/limits"))
          .as("no core dump, which would hold keys")
          .content()
          .containsPattern("Max core file size +0 +0");
      part.get().kill();

      assertThat(next()).isEqualTo("part exited 137, pause 1");
      assertThat(next()).isEqualTo("part restarted");
      assertThat(part.get().pid()).isNotEqualTo(first);
      assertThat(part.get().alive()).isTrue();
      assertThat(other.get().pid()).isEqualTo(untouched);
      assertThat(other.get().alive()).isTrue();
    }
  }

  @Test
  void aPartThatDoesNotStartIsTriedAgainAfterALongerPause() throws Exception {
    try (Supervision supervision =
        supervise(
            () -> {
              throw new IOException("no port");
            })) {
      part.get().kill();

      assertThat(next()).isEqualTo("part exited 137, pause 1");
      assertThat(next()).isEqualTo("part not ready: no port");
      assertThat(next()).isEqualTo("part exited 137, pause 2");
      assertThat(next()).isEqualTo("part not ready: no port");
      assertThat(next()).isEqualTo("part exited 137, pause 4");
    }
  }

  @Test
  void closingDuringAPauseEndsAtOnceAndStartsNothing() throws Exception {
    Supervision supervision = supervise(() -> part.set(sleeper("part")));
    part.get().kill();
    assertThat(next()).isEqualTo("part exited 137, pause 1");
    long begun = System.nanoTime();
    supervision.close();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(500));
    assertThat(part.get().alive()).isFalse();
    assertThat(told).isEmpty();
  }
}
