package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.contracts.json.ContractJson;
import io.drover.driver.Domain;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverOptions;
import io.drover.driver.StartOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** vCPUs that can be pulled out are plugged in before the guest runs. */
class PluggedVcpusIT {
  @TempDir Path folder;
  private LocalDriver driver;

  @BeforeEach
  void open() {
    driver = TestDriver.open(DriverLayout.under(folder.resolve("r")), DriverOptions.defaults());
  }

  @AfterEach
  void end() {
    driver.domains().forEach(Domain::destroy);
    driver.close();
  }

  private Domain start(String vcpus) {
    return driver.start(
        """
        <domain type='qemu'>
          <name>growing</name>
          <memory unit='MiB'>32</memory>
          <vcpu>4</vcpu>
          <vcpus>%s</vcpus>
          <cpu><topology sockets='2' dies='1' cores='2' threads='1'/>
            <numa><cell id='0' cpus='0-1' memory='16' unit='MiB'/><cell id='1' cpus='2-3' memory='16' unit='MiB'/></numa></cpu>
          <os><type arch='x86_64' machine='pc'>hvm</type></os>
        </domain>
        """
            .formatted(vcpus),
        StartOptions.plain().withPaused(true));
  }

  @Test
  void theyHaveTheirPlacesAndNamesAndTheOthersCanNotBePulledOut() throws IOException {
    Domain domain =
        start(
            """
            <vcpu id='0' enabled='yes' hotpluggable='no' order='1'/>
            <vcpu id='1' enabled='no' hotpluggable='yes'/>
            <vcpu id='2' enabled='yes' hotpluggable='yes' order='3'/>
            <vcpu id='3' enabled='yes' hotpluggable='yes' order='2'/>
            """);

    List<String> places = new ArrayList<>();
    for (JsonNode cpu :
        ContractJson.mapper().readTree(domain.qmp("query-hotpluggable-cpus", "{}"))) {
      JsonNode props = cpu.path("props");
      places.add(
          "socket "
              + props.path("socket-id")
              + " core "
              + props.path("core-id")
              + " node "
              + props.path("node-id")
              + " "
              + cpu.path("qom-path").asText("free"));
    }
    assertThat(places)
        .containsExactlyInAnyOrder(
            "socket 0 core 0 node 0 /machine/unattached/device[0]",
            "socket 0 core 1 node 0 free",
            "socket 1 core 0 node 1 /machine/peripheral/vcpu2",
            "socket 1 core 1 node 1 /machine/peripheral/vcpu3");
  }

  @Test
  void onesThatStayComeBeforeThoseThatArePluggedInElseNothingIsStarted() {
    assertThatThrownBy(
            () ->
                start(
                    """
                    <vcpu id='0' enabled='yes' hotpluggable='no'/>
                    <vcpu id='1' enabled='yes' hotpluggable='yes'/>
                    <vcpu id='2' enabled='yes' hotpluggable='no'/>
                    <vcpu id='3' enabled='no' hotpluggable='yes'/>
                    """))
        .hasMessageContaining("A vCPU that is not hotpluggable comes before those that are.");
    assertThat(driver.domains()).isEmpty();
  }
}
