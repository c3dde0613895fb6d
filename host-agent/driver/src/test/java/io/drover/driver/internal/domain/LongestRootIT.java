package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.driver.Domain;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverOptions;
import io.drover.driver.StartOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A root of the length that the driver promises to be safe really is: every socket fits. */
class LongestRootIT {
  @TempDir Path folder;

  @Test
  void aGuestWithEverySocketStartsUnderIt() {
    Assumptions.assumeTrue(Files.exists(Path.of("/usr/bin/swtpm_setup")), "needs swtpm-tools");
    int missing = DriverLayout.MAX_ROOT_BYTES - folder.toString().length() - 1;
    Path root = folder.resolve("r".repeat(missing));
    try (LocalDriver driver = TestDriver.open(DriverLayout.under(root), DriverOptions.defaults())) {
      Domain domain =
          driver.start(
              """
              <domain type='qemu'>
                <name>a-name-that-is-longer-than-any-path-would-bear-if-it-stood-in-one</name>
                <memory unit='MiB'>32</memory>
                <os><type arch='x86_64' machine='q35'>hvm</type></os>
                <devices>
                  <serial type='pty'/>
                  <channel type='unix'>
                    <target type='virtio' name='org.qemu.guest_agent.0'/>
                  </channel>
                  <channel type='unix'>
                    <target type='virtio' name='org.example.a.name.that.is.far.too.long.for.a.path'/>
                  </channel>
                  <tpm model='tpm-crb'><backend type='emulator'/></tpm>
                  <graphics type='vnc'/>
                </devices>
              </domain>
              """,
              StartOptions.plain());
      assertThat(domain.qmp("query-tpm", "{}")).contains("tpm-crb");
      domain.destroy();
      driver.purge();
    }
    assertThat(root).doesNotExist();
  }
}
