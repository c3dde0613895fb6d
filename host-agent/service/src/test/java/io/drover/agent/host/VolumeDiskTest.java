package io.drover.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.report.HostReport;
import org.junit.jupiter.api.Test;

class VolumeDiskTest {
  @Test
  void volumesMayTakeWhatIsFreeAndWhatTheyHaveWithoutTheReserve() {
    assertThat(VolumeDisk.of(100, 40, 10)).isEqualTo(new HostReport.DiskSpace(130, 90));
  }

  @Test
  void aDiskThatIsFullOffersNothing() {
    assertThat(VolumeDisk.of(5, 0, 10)).isEqualTo(new HostReport.DiskSpace(0, 0));
  }
}
