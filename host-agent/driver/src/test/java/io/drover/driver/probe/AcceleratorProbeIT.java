package io.drover.driver.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real QEMU. */
class AcceleratorProbeIT {
  private static final Path QEMU = Path.of("/usr/bin/qemu-system-x86_64");

  @TempDir Path folder;

  @Test
  void tcgRunsTheProbesGuest() {
    List<AcceleratorFacts> facts = new AcceleratorProbe(System::nanoTime).probe(QEMU, folder);
    AcceleratorFacts tcg = facts.get(1);
    assertThat(tcg.usable()).as(tcg.reason()).isTrue();
    assertThat(tcg.probeMicros()).isPositive();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void kvmIsReportedUsableOnlyWhenItBeatTcgElseWithTheReason() {
    List<AcceleratorFacts> facts = new AcceleratorProbe(System::nanoTime).probe(QEMU, folder);
    AcceleratorFacts kvm = facts.get(0);
    if (kvm.usable()) {
      assertThat(kvm.probeMicros()).isLessThanOrEqualTo(facts.get(1).probeMicros());
    } else {
      assertThat(kvm.reason()).endsWith(".").hasSizeGreaterThan(20);
    }
  }

  @Test
  void aDeviceThatOpensButCannotRunGuestsIsUnusable() throws Exception {
    Path notKvm = Files.createFile(folder.resolve("kvm"));
    Path refusing = folder.resolve("qemu");
    Files.writeString(
        refusing,
        "#!/bin/sh\ncase \"$*\" in *'-accel kvm'*) echo cannot run >&2; exit 3;; esac\nexec "
            + QEMU
            + " \"$@\"\n");
    assertThat(refusing.toFile().setExecutable(true)).isTrue();

    AcceleratorFacts kvm =
        new AcceleratorProbe(System::nanoTime, notKvm).probe(refusing, folder).get(0);

    assertThat(kvm.usable()).isFalse();
    assertThat(kvm.reason()).contains("status 3", "cannot run");
  }
}
