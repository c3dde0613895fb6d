package io.drover.driver.internal.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.driver.AcceleratorFacts;
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
    AcceleratorFacts kvm = probeWhereKvmIs("echo cannot run >&2; exit 3");

    assertThat(kvm.usable()).isFalse();
    assertThat(kvm.reason()).contains("status 3", "cannot run");
  }

  @Test
  void aDeviceWhoseGuestNeverGetsThroughIsUnusable() throws Exception {
    AcceleratorFacts kvm = probeWhereKvmIs("printf S; exec tail -f /dev/null");

    assertThat(kvm.usable()).isFalse();
    assertThat(kvm.reason()).contains("does not get through the probe within 5 s");
  }

  @Test
  void aDeviceThatRunsGuestsSlowerThanTcgIsUnusable() throws Exception {
    AcceleratorFacts kvm = probeWhereKvmIs("printf S; timeout 3 tail -f /dev/null; printf E");

    assertThat(kvm.usable()).isFalse();
    assertThat(kvm.reason()).contains("slower on /dev/kvm than under TCG");
    assertThat(kvm.probeMicros()).isGreaterThan(1_000_000);
  }

  /** With a device that opens, and an emulator that does this in place of KVM. */
  private AcceleratorFacts probeWhereKvmIs(String script) throws Exception {
    Path device = Files.createFile(folder.resolve("kvm"));
    Path emulator = folder.resolve("qemu");
    Files.writeString(
        emulator,
        "#!/bin/sh\ncase \"$*\" in *'-accel kvm'*) %s; exit;; esac\nexec %s \"$@\"\n"
            .formatted(script, QEMU));
    assertThat(emulator.toFile().setExecutable(true)).isTrue();
    return new AcceleratorProbe(System::nanoTime, device).probe(emulator, folder).get(0);
  }
}
