package io.drover.driver.internal.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ProblemException;
import io.drover.driver.Emulator;
import io.drover.driver.GuestCpus;
import io.drover.driver.internal.process.ProcessIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With the real QEMU, and with programs that are none. */
@Timeout(60)
class EmulatorProbeIT {
  @TempDir Path folder;
  @TempDir Path scratch;

  private final EmulatorProbe probe =
      new EmulatorProbe(InstantSource.system(), Duration.ofSeconds(60));

  private final EmulatorProbe impatient =
      new EmulatorProbe(InstantSource.system(), Duration.ofSeconds(1));

  @Test
  void theInstalledQemuTellsItsMachinesDevicesAndCpus() {
    Emulator qemu = probe.probe(ScriptedEmulator.QEMU, scratch);

    assertThat(qemu.arch()).isEqualTo("x86_64");
    assertThat(qemu.has("virtio-mem-pci")).isTrue();
    assertThat(qemu.types()).contains("virtio-blk-pci", "memory-backend-memfd");
    Emulator.Machine q35 = qemu.machine("q35").orElseThrow();
    assertThat(q35.name()).startsWith("pc-q35-");
    assertThat(q35.maxCpus()).isGreaterThanOrEqualTo(255);
    assertThat(qemu.machines().get(0).isDefault()).isTrue();
    GuestCpus tcg = qemu.tcg().orElseThrow();
    assertThat(tcg.model("qemu64").orElseThrow().usable()).contains(true);
    assertThat(tcg.model("Icelake-Server").orElseThrow().blockers()).isNotEmpty();
    assertThat(tcg.hostModel(false)).isPresent();
    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void aProgramThatHangsIsGivenUpWithAllThatItStarted() throws Exception {
    Path pids = folder.resolve("pids");
    Path hanging = ScriptedEmulator.write(folder, "sleep 600 & echo $! > '" + pids + "'\nwait\n");

    assertThatThrownBy(() -> impatient.probe(hanging, scratch))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("its monitor does not open within 1 s");
    long child = Long.parseLong(Files.readString(pids).strip());
    assertThat(ProcessIdentity.of(child).filter(ProcessIdentity::alive)).isEmpty();
    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void aProgramThatCrashesIsReportedWithItsStatusAndItsWords() throws Exception {
    Path crashing =
        ScriptedEmulator.write(folder, "echo 'libmissing.so: cannot open' >&2\nkill -SEGV $$\n");

    assertThatThrownBy(() -> probe.probe(crashing, scratch))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("it ended with status 139")
        .hasMessageContaining("libmissing.so: cannot open");
  }

  @Test
  void aMonitorThatOpensAndSaysNothingIsGivenUp() throws Exception {
    Path mute =
        ScriptedEmulator.write(
            folder,
            "exec "
                + ScriptedEmulator.QEMU
                + " -S -machine none -nodefaults -display none -chardev"
                + " socket,id=c,server=on,wait=off,path="
                + scratch.resolve("qmp")
                + "\n");

    assertThatThrownBy(() -> impatient.probe(mute, scratch)).isInstanceOf(ProblemException.class);
    assertThat(scratch).isEmptyDirectory();
  }
}
