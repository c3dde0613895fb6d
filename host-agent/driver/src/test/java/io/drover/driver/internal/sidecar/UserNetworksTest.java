package io.drover.driver.internal.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserNetworksTest {
  private static final Path FOLDER = Path.of("/run/d");

  @Test
  void callsPasstAsItsCardSays() {
    List<Sidecar> passts =
        of(
            """
            <interface type='user'><mac address='52:54:00:00:00:01'/><alias name='ua-slirp'/>
            </interface>
            <interface type='user'><mac address='52:54:00:00:00:02'/>
              <source dev='eth1'/><mtu size='1400'/>
              <ip family='ipv4' address='192.0.2.15' prefix='24'/>
              <ip family='ipv6' address='fd00::15' prefix='64'/>
              <portForward proto='tcp'><range start='22' to='2022'/></portForward>
              <portForward proto='udp'/>
              <backend type='passt' logFile='/log/p'/><alias name='ua-n'/>
            </interface>
            """,
            false,
            Optional.of("guest"));

    assertThat(passts)
        .containsExactly(
            new Sidecar(
                "ua-n",
                List.of(
                    "passt",
                    "--foreground",
                    "--one-off",
                    "--socket=/run/d/passt0.sock",
                    "--mac-addr",
                    "fe:54:00:00:00:02",
                    "--no-map-gw",
                    "--mtu",
                    "1400",
                    "--interface",
                    "eth1",
                    "--log-file",
                    "/log/p",
                    "--address",
                    "192.0.2.15",
                    "--netmask",
                    "24",
                    "--address",
                    "fd00::15",
                    "--tcp-ports",
                    "22:2022",
                    "--udp-ports",
                    "all"),
                "--socket=/run/d/passt0.sock",
                Path.of("/run/d/passt0.sock"),
                Path.of("/log/d-passt0.log"),
                Optional.of(Path.of("/log/p")),
                Optional.of("guest")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "address='192.0.2.1' dev='eth0' | 192.0.2.1%eth0/~0",
        "address='::1'><range start='5'/                            | ::1/5",
        "dev='eth0'><range start='5'/                               | %eth0/5",
        "><range start='5' end='9'/                                 | 5-9",
        "><range start='5' end='9' to='100'/                        | 5-9:100-104",
        "><range start='5' end='9'/><range start='7' exclude='yes'/ | 5-9,~7",
        "><range start='7' end='8' exclude='yes'/                   | ~7-8",
      })
  void writesPortsAsPasstReadsThem(String inside, String ports) {
    String forward =
        inside.contains(">")
            ? "<portForward proto='tcp' " + inside + "></portForward>"
            : "<portForward proto='tcp' " + inside + "/>";

    List<String> command = of(card(forward), false, Optional.empty()).get(0).command();

    assertThat(command.get(command.indexOf("--tcp-ports") + 1)).isEqualTo(ports);
  }

  @Test
  void staysRootOnlyWhereQemuDoes() {
    assertThat(of(card(""), true, Optional.empty()).get(0).command()).contains("--runas", "0:0");
    assertThat(of(card(""), true, Optional.of("guest")).get(0).command()).doesNotContain("--runas");
    assertThat(of(card(""), false, Optional.empty()).get(0).command()).doesNotContain("--runas");
  }

  @Test
  void refusesWhatPasstCannotDo() {
    assertThatThrownBy(
            () ->
                of(
                    card("<ip family='ipv6' address='fd00::1' prefix='56'/>"),
                    false,
                    Optional.empty()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_DEFINITION))
        .hasMessageContaining("prefix='64' only");
  }

  @Test
  void saysWhatAHostLacks() {
    UserNetworks without = new UserNetworks(program -> false, false, Optional.empty());

    assertThatThrownBy(() -> without.of(definition(card("")), FOLDER, "/log/d-"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("install it (on Debian the package passt)");
    assertThat(without.of(definition("<interface type='user'/>"), FOLDER, "/log/d-")).isEmpty();
  }

  private static String card(String more) {
    return "<interface type='user'><mac address='52:54:00:00:00:01'/>"
        + more
        + "<backend type='passt'/></interface>";
  }

  private static List<Sidecar> of(String devices, boolean privileged, Optional<String> user) {
    return new UserNetworks("passt"::equals, privileged, user)
        .of(definition(devices), FOLDER, "/log/d-");
  }

  private static DomainDefinition definition(String devices) {
    return DomainXml.read(
        "<domain type='qemu'><name>a</name><memory unit='MiB'>64</memory>"
            + "<os><type arch='x86_64' machine='q35'>hvm</type></os><devices>"
            + devices
            + "</devices></domain>");
  }
}
