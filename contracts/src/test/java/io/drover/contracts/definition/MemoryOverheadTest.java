package io.drover.contracts.definition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What QEMU takes beside the guest's memory, part by part. */
class MemoryOverheadTest {
  private static long mib(String type, String memoryMib, String rest) {
    return MemoryOverhead.mib(
        DomainXml.read(
            "<domain type='"
                + type
                + "'><name>a</name><memory unit='MiB'>"
                + memoryMib
                + "</memory><os><type>hvm</type></os>"
                + rest
                + "</domain>"));
  }

  @Test
  void aSmallGuestOfKvmTakesQemuOneVcpuAndItsPageTables() {
    assertThat(mib("kvm", "256", "")).isEqualTo(64 + 3 + 1);
  }

  @Test
  void vcpusDisksAndMemoryAddTheirShares() {
    String disk =
        "<disk type='volume'><source pool='drover' volume='%s'/><target dev='%s'/></disk>";
    assertThat(
            mib(
                "kvm",
                "4097",
                "<vcpu>4</vcpu><devices>"
                    + disk.formatted("a", "vda")
                    + disk.formatted("b", "vdb")
                    + "</devices>"))
        .isEqualTo(64 + 4 * 3 + 2 * 8 + 9);
  }

  @Test
  void theCacheThatADiskAsksForCounts() {
    String disk =
        "<devices><disk type='volume'><driver name='qemu' type='qcow2'><metadata_cache>"
            + "<max_size unit='MiB'>%d</max_size></metadata_cache></driver>"
            + "<source pool='drover' volume='a'/><target dev='vda'/></disk></devices>";
    assertThat(mib("kvm", "256", disk.formatted(4))).isEqualTo(64 + 3 + 8 + 1);
    assertThat(mib("kvm", "256", disk.formatted(4096))).isEqualTo(64 + 3 + 4096 + 1);
  }

  @Test
  void videoMemoryCountsAsDefinedAndSixteenOtherwise() {
    long without = mib("kvm", "256", "");
    assertThat(mib("kvm", "256", video("<model type='virtio'/>"))).isEqualTo(without + 16);
    assertThat(mib("kvm", "256", video("<model type='none'/>"))).isEqualTo(without);
    assertThat(mib("kvm", "256", video("<model type='qxl' ram='65536' vram='32768' vram64='1'/>")))
        .isEqualTo(without + 97);
  }

  private static String video(String model) {
    return "<devices><video>" + model + "</video></devices>";
  }

  @Test
  void translatedCodeCountsWithoutKvm() {
    long qemu = 64 + 3;
    assertThat(mib("qemu", "64", "")).isEqualTo(qemu + 1 + 32);
    assertThat(mib("qemu", "1024", "")).isEqualTo(qemu + 2 + 256);
    assertThat(mib("qemu", "16384", "")).isEqualTo(qemu + 32 + 1024);
    String cache = "<features><tcg><tb-cache unit='MiB'>2048</tb-cache></tcg></features>";
    assertThat(mib("qemu", "64", cache)).isEqualTo(qemu + 1 + 2048);
    assertThat(mib("kvm", "64", cache)).isEqualTo(qemu + 1);
  }
}
