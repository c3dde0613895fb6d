package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A card of {@code type='bridge'} is a port of its bridge for as long as its QEMU is there. */
class BridgedGuestIT {
  @Test
  void aTapComesBeforeQemuOutlivesTheDriverAndGoesWithTheDomain(@TempDir Path folder)
      throws IOException, InterruptedException {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");

    Map<String, String> seen =
        NamespacedProgram.run(BridgedGuestProgram.class, folder.resolve("r").toString());

    assertThat(seen.get("refused")).contains("This host has no bridge 'no-bridge'");
    assertThat(seen.get("taken")).contains("This host has a device 'lo' already");
    assertThat(seen.get("hostile")).contains("a device name of at most 15 characters");
    assertThat(seen.get("after refusals")).isEmpty();
    assertThat(seen.get("running"))
        .containsPattern("v[0-9a-f]{10}-0: <[^>]*UP[,>]")
        .contains("mtu 1400", "master br-guests", "fe:54:00:aa:bb:cc");
    assertThat(seen.get("without the driver")).contains("mtu 1400");
    assertThat(seen.get("destroyed")).isEmpty();
    assertThat(seen.get("two queues")).containsPattern("v[0-9a-f]{10}-0: <[^>]*UP[,>]");
    assertThat(seen.get("end")).isEmpty();
  }
}
