package io.drover.driver.internal.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.driver.AcceleratorFacts;
import io.drover.driver.Emulator;
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
  private InstantSource clock = InstantSource.system();

  @BeforeEach
  void noStartsSoFar() throws IOException {
    starts = Files.createFile(scratch.resolve("starts"));
  }

  /** A driver that has just been started: it knows nothing but what the cache holds. */
  private HostProbe fresh() {
    EmulatorProbe probe = new EmulatorProbe(InstantSource.system(), Duration.ofSeconds(60));
    return new HostProbe(cache, scratch, List.of(folder), probe, clock, System::nanoTime);
  }

  @Test
  void oneThatHangsCostsItsDeadlineOnceAnHourAndNotAtEachStart() throws Exception {
    Path broken = Files.createDirectory(folder.resolve("broken"));
    ScriptedEmulator.write(broken, "echo run >> '" + starts + "'\nsleep 600\n");
    EmulatorProbe impatient = new EmulatorProbe(clock, Duration.ofSeconds(1));
    assertThat(search(impatient, broken).leftOut()).hasSize(1);
    assertThat(search(impatient, broken).found()).isEmpty();
    assertThat(startsSoFar()).as("a host without any other tries it again").isEqualTo(2);

    ScriptedEmulator.write(folder, "exec " + ScriptedEmulator.QEMU + " \"$@\"\n");
    EmulatorProbe patient = new EmulatorProbe(clock, Duration.ofSeconds(15));
    EmulatorSearch cold = search(patient, broken, folder);
    assertThat(cold.found()).hasSize(1);
    int spent = startsSoFar();
    assertThat(search(patient, broken, folder)).isEqualTo(cold);
    assertThat(startsSoFar()).isEqualTo(spent);

    clock = InstantSource.offset(InstantSource.system(), Duration.ofHours(2));
    search(impatient, broken, folder);
    assertThat(startsSoFar()).isGreaterThan(spent);
  }

  private EmulatorSearch search(EmulatorProbe probe, Path... folders) {
    return new HostProbe(cache, scratch, List.of(folders), probe, clock, System::nanoTime)
        .emulators();
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
  void kvmThatWasNoUseIsTriedAgainADayLater() throws Exception {
    ScriptedEmulator.counting(folder, starts);
    Emulator emulator = fresh().emulators().found().get(0);
    boolean usable = fresh().accelerators(emulator).stream().allMatch(AcceleratorFacts::usable);
    int spent = startsSoFar();

    clock = InstantSource.offset(InstantSource.system(), Duration.ofHours(25));
    fresh().accelerators(emulator);

    assertThat(startsSoFar() > spent).isEqualTo(!usable);
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
    EmulatorProbe probe = new EmulatorProbe(InstantSource.system(), Duration.ofSeconds(60));

    EmulatorSearch search =
        new HostProbe(cache, scratch, List.of(broken, folder), probe, clock, System::nanoTime)
            .emulators();

    assertThat(search.found()).extracting(Emulator::arch).containsExactly("x86_64");
    assertThat(search.leftOut()).hasSize(1);
    assertThat(search.leftOut().get(0).path()).startsWith(broken.toRealPath().toString());
    assertThat(search.leftOut().get(0).reason()).contains("status 127", "no such library");
  }
}
