package io.drover.driver.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.definition.DomainXml;
import io.drover.definition.complete.PostParse;
import io.drover.definition.complete.emulator.EmulatorFacts;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinkStatesTest {
  @Test
  void pullsTheCablesThatAreDown() {
    String xml =
        """
        <domain type='qemu'>
          <name>cards</name>
          <memory unit='MiB'>64</memory>
          <os><type arch='x86_64' machine='pc'>hvm</type></os>
          <devices>
            <interface type='user'><link state='up'/></interface>
            <interface type='user'><link state='down'/><alias name='ua-cut'/></interface>
            <interface type='user'/>
          </devices>
        </domain>
        """;

    assertThat(LinkStates.of(PostParse.complete(DomainXml.read(xml), EmulatorFacts.offline())))
        .singleElement()
        .satisfies(
            command -> {
              assertThat(command.name()).isEqualTo("set_link");
              assertThat(command.arguments()).isEqualTo(Map.of("name", "ua-cut", "up", false));
            });
  }
}
