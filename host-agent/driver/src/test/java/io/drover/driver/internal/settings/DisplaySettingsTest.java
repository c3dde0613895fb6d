package io.drover.driver.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.definition.common.SecretReference;
import io.drover.contracts.definition.device.Graphics;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.argv.host.DisplaySecurity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplaySettingsTest {
  @TempDir Path folder;

  private DisplaySettings read(String text) throws IOException {
    return DisplaySettings.read(Files.writeString(folder.resolve("qemu.conf"), text), folder);
  }

  private static DomainDefinition domain(String graphics) {
    return DomainXml.read(
        "<domain type='qemu'><name>d</name><memory>65536</memory><os><type>hvm</type></os><devices>"
            + graphics
            + "</devices></domain>");
  }

  private static Graphics only(DomainDefinition definition) {
    return definition.devices(Graphics.class).get(0);
  }

  @Test
  void withoutAFileNothingIsSet() {
    DisplaySettings settings = DisplaySettings.read(folder.resolve("missing"), folder);

    assertThat(settings.security())
        .isEqualTo(new DisplaySecurity(null, true, null, false, null, false));
    DomainDefinition plain = domain("<graphics type='vnc'/>");
    assertThat(settings.complete(plain)).isEqualTo(plain);
    assertThat(settings.environmentOf(plain)).isEmpty();
  }

  @Test
  void everyKeyArrives() throws IOException {
    Files.createFile(folder.resolve("server-cert.pem"));
    Path sasl = Files.createDirectory(folder.resolve("sasl"));
    UUID secret = UUID.randomUUID();
    DisplaySettings settings =
        read(
            """
            default_tls_x509_verify = 0
            vnc_tls = 1
            vnc_tls_x509_secret_uuid = "%s"
            vnc_listen = "10.0.0.1"   # the management network
            vnc_password = "sesame"
            vnc_sasl = 1
            vnc_sasl_dir = "%s"
            spice_tls = 1
            spice_listen = "10.0.0.2"
            spice_sasl = 1
            """
                .formatted(secret, sasl));

    SecretReference reference = new SecretReference(secret, null);
    assertThat(settings.security())
        .isEqualTo(
            new DisplaySecurity(
                folder.toString(), false, reference, true, folder.toString(), true));
    DomainDefinition vnc = domain("<graphics type='vnc'/>");
    assertThat(settings.secretOf(vnc)).contains(reference);
    assertThat(settings.environmentOf(vnc)).isEqualTo(Map.of("SASL_CONF_PATH", sasl.toString()));
    Graphics completed = only(settings.complete(vnc));
    assertThat(completed.listens().get(0).address()).isEqualTo("10.0.0.1");
    assertThat(completed.password()).hasToString("Password[***]");
    Graphics spice = only(settings.complete(domain("<graphics type='spice' tlsPort='5999'/>")));
    assertThat(spice.listens().get(0).address()).isEqualTo("10.0.0.2");
    assertThat(spice.password()).isNull();
  }

  @Test
  void displaysWithoutAPortAreOnSocketsUnlessTheHostSaysOtherwise() throws IOException {
    AutomaticDisplays unsaid = DisplaySettings.read(folder.resolve("missing"), folder).automatic();
    assertThat(unsaid)
        .isEqualTo(
            new AutomaticDisplays(
                true, true, new PortRange(5900, 65535), new PortRange(5700, 65535)));

    String said =
        """
        vnc_auto_unix_socket = 0
        spice_auto_unix_socket = 0
        remote_display_port_min = 6000
        remote_display_port_max = 6009
        remote_websocket_port_min = 6010
        remote_websocket_port_max = 6010
        """;
    assertThat(read(said).automatic())
        .isEqualTo(
            new AutomaticDisplays(
                false, false, new PortRange(6000, 6009), new PortRange(6010, 6010)));
    assertThatThrownBy(() -> read(said.replace("6009", "5999")))
        .hasMessageContaining("remote_display_port_min is larger than remote_display_port_max");
  }

  @Test
  void theDefinitionsOwnWins() throws IOException {
    DisplaySettings settings = read("vnc_listen = \"10.0.0.1\"\nvnc_password = \"hosts\"\n");
    DomainDefinition own =
        domain(
            "<graphics type='vnc' passwd='own'><listen type='address' address='::1'/></graphics>");

    assertThat(settings.complete(own)).isEqualTo(own);
    assertThat(settings.toString()).doesNotContain("hosts");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "vnc_tsl = 1|line 1 sets 'vnc_tsl', which is not supported",
        "vnc_tls = yes|line 1 is not as in",
        "vnc_tls = 2|vnc_tls is 1 or 0",
        "vnc_tls = 1|has no server-cert.pem",
        "spice_tls = 1|has no server-cert.pem",
        "vnc_sasl_dir = \"/no/such\"|names '/no/such', which is no folder",
        "vnc_tls_x509_secret_uuid = \"x\"|'x' is no UUID",
        "vnc_password = \"ninechars\"|longer than 8",
        "vnc_auto_unix_socket = 2|vnc_auto_unix_socket is 1 or 0",
        "remote_display_port_min = 80|remote_display_port_min is a number from 5900 to 65535",
        "remote_websocket_port_max = 70000|remote_websocket_port_max is a number from 5700",
        "remote_display_port_max = \"x\"|remote_display_port_max is a number",
      })
  void saysWhatIsWrongWithTheSettings(String line, String why) {
    assertThatThrownBy(() -> read(line))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(why)
        .hasMessageContaining("qemu.conf");
  }
}
