package io.drover.driver.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.definition.character.CharacterSource;
import io.drover.contracts.definition.device.CharacterDevice;
import io.drover.driver.internal.folder.DomainFolder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Channels have any names; their sockets lie beside the monitor's. */
class SocketsTest {
  @ParameterizedTest
  @CsvSource({
    "org.qemu.guest_agent.0, org.qemu.guest_agent.0",
    "mine, mine",
    "qmp, ua-c",
    "vnc, ua-c",
    "serial0, ua-c",
    "fs0.sock, ua-c",
    "master-key.aes, ua-c",
    "../qmp, ua-c",
    ".., ua-c"
  })
  void aChannelTakesNobodysPlace(String target, String socket) {
    CharacterSource placed =
        new Sockets(new DomainFolder(Path.of("/run/d")), Path.of("/log"), "id-")
            .place(
                DomainXml.read(
                    """
                    <domain type='qemu'><name>a</name><memory>1024</memory>
                      <os><type arch='x86_64'>hvm</type></os>
                      <devices>
                        <channel type='unix'>
                          <target type='virtio' name='%s'/>
                          <alias name='ua-c'/>
                        </channel>
                      </devices>
                    </domain>
                    """
                        .formatted(target)))
            .devices(CharacterDevice.class)
            .get(0)
            .source();
    assertThat(placed)
        .isInstanceOfSatisfying(
            CharacterSource.Unix.class,
            unix -> assertThat(unix.path()).isEqualTo("/run/d/" + socket));
  }

  @Test
  void onlyTheConsoleThatIsShownHasALog() {
    List<CharacterDevice> placed =
        new Sockets(new DomainFolder(Path.of("/run/d")), Path.of("/log"), "id-")
            .place(
                DomainXml.read(
                    """
                    <domain type='qemu'><name>a</name><memory>1024</memory>
                      <os><type arch='x86_64'>hvm</type></os>
                      <devices>
                        <serial type='pty'><target port='0'/></serial>
                        <serial type='pty'><target port='1'/></serial>
                        <console type='pty'><target type='virtio' port='1'/></console>
                      </devices>
                    </domain>
                    """))
            .devices(CharacterDevice.class);
    assertThat(placed.get(0).log()).isEqualTo(new CharacterDevice.Log("/run/d/serial0.pipe", "on"));
    assertThat(placed.subList(1, placed.size()))
        .hasSize(2)
        .allSatisfy(device -> assertThat(device.log()).isNull());
  }
}
