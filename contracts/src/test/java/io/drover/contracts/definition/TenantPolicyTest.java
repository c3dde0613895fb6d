package io.drover.contracts.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import org.junit.jupiter.api.Test;

class TenantPolicyTest {
  @Test
  void letsATenantUseVolumesAndNetworks() {
    assertThat(TenantPolicy.check(DomainXml.read(Samples.TENANT))).isEmpty();
  }

  @Test
  void refusesWhateverNamesTheHost() {
    assertThat(TenantPolicy.check(DomainXml.read(Samples.OPERATOR)))
        .allMatch(fault -> fault.code() == ErrorCode.FORBIDDEN_FOR_TENANTS)
        .extracting(Problem.Fault::path)
        .contains(
            "/domain/devices/emulator",
            "/domain/vcpu/@cpuset",
            "/domain/cputune",
            "/domain/numatune",
            "/domain/devices/filesystem",
            "/domain/devices/audio",
            "/domain/os/kernel",
            "/domain/os/initrd",
            "/domain/os/loader",
            "/domain/os/nvram",
            "/domain/devices/disk[1]/source",
            "/domain/devices/disk[1]/source/encryption",
            "/domain/devices/disk[1]/backingStore",
            "/domain/devices/disk[2]/source",
            "/domain/devices/interface",
            "/domain/devices/interface/target/@dev",
            "/domain/devices/serial",
            "/domain/devices/serial/log",
            "/domain/devices/console",
            "/domain/devices/graphics/@port",
            "/domain/devices/graphics/listen/@address");
  }

  @Test
  void refusesAVolumeOfAnotherPool() {
    assertThat(
            TenantPolicy.check(
                DomainXml.read(Samples.TENANT.replace("pool='drover'", "pool='host'"))))
        .extracting(Problem.Fault::path)
        .containsExactly("/domain/devices/disk/source");
  }
}
