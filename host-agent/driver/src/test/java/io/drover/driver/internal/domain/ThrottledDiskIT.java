package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.contracts.definition.storage.DiskSource;
import io.drover.contracts.json.ContractJson;
import io.drover.driver.Domain;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverOptions;
import io.drover.driver.StartOptions;
import io.drover.driver.VolumeSource;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThrottledDiskIT {
  private static final String XML =
      """
      <domain type='qemu'><name>slow</name><memory unit='MiB'>32</memory>
        <os><type machine='pc'>hvm</type></os>
        <devices>
          <disk type='volume'><source pool='p' volume='a'/><target dev='vda'/>
            <iotune><total_bytes_sec>1000000</total_bytes_sec><total_bytes_sec_max>2000000</total_bytes_sec_max>
              <total_bytes_sec_max_length>3</total_bytes_sec_max_length><group_name>slow</group_name></iotune></disk>
          <disk type='volume'><source pool='p' volume='b'/><target dev='vdb'/><iotune><group_name>slow</group_name></iotune></disk>
          <disk type='volume'><source pool='p' volume='c'/><target dev='hda'/>
            <iotune><read_iops_sec>50</read_iops_sec><write_iops_sec>60</write_iops_sec></iotune></disk>
          <disk type='volume' device='floppy'><source pool='p' volume='d'/><target dev='fda'/>
            <iotune><total_iops_sec>70</total_iops_sec></iotune></disk>
          <disk type='file' device='cdrom'><source file='/there/is/none.iso' startupPolicy='optional'/><target dev='hdc'/></disk>
        </devices></domain>
      """;

  @Test
  void theLimitsHoldBeforeTheGuestRuns(@TempDir Path folder) throws IOException {
    VolumeSource pool =
        (name, volume) ->
            Optional.of(
                new VolumeSource.PoolVolume(
                    new DiskSource.File(folder.resolve(volume).toString(), null), null));
    for (String volume : new String[] {"a", "b", "c", "d"}) {
      try (RandomAccessFile file = new RandomAccessFile(folder.resolve(volume).toFile(), "rw")) {
        file.setLength(1_474_560); // what a floppy holds
      }
    }
    try (LocalDriver driver =
        TestDriver.open(
            DriverLayout.under(folder.resolve("r")), DriverOptions.defaults().withVolumes(pool))) {
      Domain domain = driver.start(XML, StartOptions.plain());
      JsonNode disks = ContractJson.mapper().readTree(domain.qmp("query-block", "{}"));
      domain.destroy();

      assertThat(disks)
          .extracting(disk -> disk.path("inserted"))
          .extracting(
              image ->
                  Path.of(image.path("file").asText()).getFileName()
                      + " "
                      + image.path("bps")
                      + " "
                      + image.path("iops_rd")
                      + " "
                      + image.path("iops")
                      + " "
                      + image.path("group").asText())
          .contains(
              "a 1000000 0 0 slow", "b 1000000 0 0 slow", "c 0 50 0 ide0-0-0", "d 0 0 70 fdc0-0-0");
    }
  }
}
