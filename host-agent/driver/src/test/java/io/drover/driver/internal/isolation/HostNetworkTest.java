package io.drover.driver.internal.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the host's network is, and what follows from it for isolated guests. */
class HostNetworkTest {
  @TempDir Path root;

  @Test
  void findsTheDevicesOfTheBestDefaultRoutes() throws IOException {
    write(
        "proc/net/route",
        """
        Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT
        wlan0\t00000000\t0100A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0
        eth0\t00000000\t010200C0\t0003\t0\t0\t100\t00000000\t0\t0\t0
        eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0
        """);
    String zero = "00000000000000000000000000000000";
    write(
        "proc/net/ipv6_route",
        zero
            + " 00 "
            + zero
            + " 00 "
            + zero
            + " ffffffff 00000001 00000000 00200200       lo\n"
            + zero
            + " 00 "
            + zero
            + " 00 fe800000000000000000000000000001 00000400 00000001 00000000 00000003    eth1\n");

    HostNetwork host = HostNetwork.read(root, Set.of());

    assertThat(host.uplink4()).contains("eth0");
    assertThat(host.uplink6()).contains("eth1");
  }

  @Test
  void aHostWithoutRoutesHasNoUplink() {
    HostNetwork host = HostNetwork.read(root, Set.of());

    assertThat(host.uplink4()).isEmpty();
    assertThat(host.uplink6()).isEmpty();
  }

  @Test
  void anOutsideResolverIsAskedAsQemuDoes() throws IOException {
    write("etc/resolv.conf", "search x\nnameserver fd00::53\nnameserver 192.0.2.53\n");

    assertThat(resolver(List.of()).from()).isEmpty();
    assertThat(resolver(List.of()).missing()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.53", "169.254.169.254", "192.0.2.2"})
  void aResolverThatIsTheHostIsReplacedByTheOneThatItAsks(String own) throws IOException {
    write("etc/resolv.conf", "nameserver " + own + "\n");
    assertThat(resolver(List.of()).missing()).isTrue();

    write("run/systemd/resolve/resolv.conf", "nameserver 127.0.0.1\nnameserver 192.0.2.53\n");

    assertThat(resolver(List.of())).isEqualTo(sent(own, "192.0.2.53"));
  }

  @Test
  void configuredResolversWinUnlessTheyAreTheHost() throws IOException {
    write("etc/resolv.conf", "nameserver 192.0.2.53\n");

    assertThat(resolver(List.of("::1", "localhost", "127.0.0.1", "192.0.2.54")))
        .isEqualTo(sent("192.0.2.53", "192.0.2.54"));
    assertThat(resolver(List.of("127.0.0.1")).missing()).isTrue();
  }

  @Test
  void theRulesNameEveryAddressOfTheHost() throws IOException {
    write("etc/resolv.conf", "nameserver 127.0.0.53\n");
    HostNetwork host = HostNetwork.read(root, Set.of(address("192.0.2.2"), address("2001:db8::2")));

    String rules = GuestRules.of(host, GuestResolver.of(List.of("192.0.2.53"), host));

    assertThat(rules)
        .contains("type ipv4_addr\n    elements = { 192.0.2.2 }")
        .contains("type ipv6_addr\n    elements = { 2001:db8:0:0:0:0:0:2 }")
        .contains("oifname \"lo\" goto refuse")
        .contains("169.254.0.0/16")
        .contains(
            "ip daddr 127.0.0.53 meta l4proto { tcp, udp } th dport 53 dnat ip to 192.0.2.53");
  }

  private GuestResolver resolver(List<String> configured) throws IOException {
    return GuestResolver.of(configured, HostNetwork.read(root, Set.of(address("192.0.2.2"))));
  }

  private static GuestResolver sent(String from, String to) throws UnknownHostException {
    return new GuestResolver(Optional.of(address(from)), Optional.of(address(to)));
  }

  private static InetAddress address(String literal) throws UnknownHostException {
    return InetAddress.getByName(literal);
  }

  private void write(String file, String content) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }
}
