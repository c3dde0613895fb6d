package io.drover.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.report.HostReport;
import org.junit.jupiter.api.Test;

class VolumeDiskTest {
  private static final long NO_LIMIT = Long.MAX_VALUE;

  @Test
  void volumesMayTakeWhatIsFreeAndWhatTheyHaveWithoutTheReserve() {
    assertThat(VolumeDisk.of(100, 40, 10, NO_LIMIT)).isEqualTo(new HostReport.DiskSpace(130, 90));
  }

  @Test
  void ofADiskThatOthersUseTooVolumesMayTakeTheirShareOrWhatIsLeft() {
    assertThat(VolumeDisk.of(100, 20, 10, 50)).isEqualTo(new HostReport.DiskSpace(50, 30));
    assertThat(VolumeDisk.of(30, 20, 10, 50)).isEqualTo(new HostReport.DiskSpace(40, 20));
    assertThat(VolumeDisk.of(100, 60, 10, 50)).isEqualTo(new HostReport.DiskSpace(50, 0));
  }

  @Test
  void aDiskThatIsFullOffersNothing() {
    assertThat(VolumeDisk.of(5, 0, 10, NO_LIMIT)).isEqualTo(new HostReport.DiskSpace(0, 0));
  }
}
