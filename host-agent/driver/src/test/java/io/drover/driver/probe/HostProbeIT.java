package io.drover.driver.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With the real QEMU behind a script that counts its starts. */
@Timeout(60)
class HostProbeIT {
  @TempDir Path folder;
  @TempDir Path cache;
  @TempDir Path scratch;
  private Path starts;

  @BeforeEach
  void noStartsSoFar() throws IOException {
    starts = Files.createFile(scratch.resolve("starts"));
  }

  /** A driver that has just been started: it knows nothing but what the cache holds. */
  private HostProbe fresh() {
    EmulatorProbe probe = new EmulatorProbe(InstantSource.system(), Duration.ofSeconds(5));
    return new HostProbe(cache, scratch, List.of(folder), probe, System::nanoTime);
  }

  private int startsSoFar() throws IOException {
    return Files.readAllLines(starts).size();
  }

  @Test
  void aWarmStartAsksNoEmulatorAndFindsTheSameFacts() throws Exception {
    ScriptedEmulator.counting(folder, starts);
    EmulatorSearch cold = fresh().emulators();
    assertThat(cold.found()).hasSize(1);
    List<AcceleratorFacts> accelerators = fresh().accelerators(cold.found().get(0));
    int spent = startsSoFar();
    assertThat(spent).isPositive();

    EmulatorSearch warm = fresh().emulators();

    assertThat(warm).isEqualTo(cold);
    assertThat(fresh().accelerators(warm.found().get(0))).isEqualTo(accelerators);
    assertThat(startsSoFar()).isEqualTo(spent);
  }

  @Test
  void anEmulatorThatHasChangedIsAskedAgain() throws Exception {
    Path emulator = ScriptedEmulator.counting(folder, starts);
    fresh().emulators();
    int spent = startsSoFar();

    Files.setLastModifiedTime(emulator, FileTime.from(Instant.ofEpochSecond(1)));
    fresh().emulators();

    assertThat(startsSoFar()).isGreaterThan(spent);
  }

  @Test
  void oneThatCrashesIsLeftOutWithTheReasonAndTheOthersAreFound() throws Exception {
    ScriptedEmulator.counting(folder, starts);
    Path broken = Files.createDirectory(folder.resolve("broken"));
    ScriptedEmulator.write(broken, "echo no such library >&2\nexit 127\n");
    EmulatorProbe probe = new EmulatorProbe(InstantSource.system(), Duration.ofSeconds(5));

    EmulatorSearch search =
        new HostProbe(cache, scratch, List.of(broken, folder), probe, System::nanoTime).emulators();

    assertThat(search.found()).extracting(Emulator::arch).containsExactly("x86_64");
    assertThat(search.leftOut()).hasSize(1);
    assertThat(search.leftOut().get(0).path()).startsWith(broken.toRealPath().toString());
    assertThat(search.leftOut().get(0).reason()).contains("status 127", "no such library");
  }
}
