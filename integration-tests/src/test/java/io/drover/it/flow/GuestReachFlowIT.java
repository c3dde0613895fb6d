package io.drover.it.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.it.suite.DomainXml;
import io.drover.it.suite.Project;
import io.drover.it.suite.RunningSuite;
import io.drover.it.suite.SerialConsole;
import io.drover.it.suite.SharedSuite;
import io.drover.it.suite.TestGuest;
import io.drover.standalone.cluster.Ports;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A tenant's guest, from inside: no port of the suite, and nothing else of its host, answers it.
 */
@ExtendWith(SharedSuite.class)
class GuestReachFlowIT {
  private static final Duration BOOT = Duration.ofSeconds(180);

  /** Where QEMU's user network shows the guest the loopback of the network that it is in. */
  private static final String LOOPBACK = "10.0.2.2";

  /** A line for each place that answers; what waits without a word has answered too. */
  private static final String TRY =
      "t() { r=$(echo | timeout 3 nc $1 $2 2>&1 >/dev/null);"
          + " case \"$r\" in nc*) ;; *) echo \"REA\"\"CHED $1 $2.\";; esac; }";

  @Test
  void aTenantsGuestReachesNoPortOfItsHost(RunningSuite suite) throws Exception {
    Project demo = suite.demo();
    demo.volume("reach-disk", demo.image("testguest", TestGuest.image()), TestGuest.DISK_BYTES);
    JsonNode domain = demo.start("reach", DomainXml.onUserNetwork("reach", "reach-disk"));
    long pid = suite.qemusOf(domain.path("id").asText()).get(0).pid();
    assertThat(network(pid)).isNotEqualTo(network(ProcessHandle.current().pid()));
    try (ServerSocket everywhere = new ServerSocket(0);
        SerialConsole console = SerialConsole.open(demo, "reach")) {
      console.awaitText("DROVER-GUEST-ADDRESS", BOOT);
      List<String> places = places(suite.suite().options().ports(), everywhere.getLocalPort());

      assertThat(reached(console, places)).containsExactly("127.0.0.1 77");
      long own = places.stream().filter(place -> !place.startsWith(LOOPBACK)).count();
      assertThat(callers(everywhere)).isEqualTo((int) own);

      suite.kill("host-agent");
      suite.restartAgent();
    }
    try (SerialConsole console = SerialConsole.open(demo, "reach")) {
      List<String> places = places(suite.suite().options().ports(), 0);
      assertThat(reached(console, places)).containsExactly("127.0.0.1 77");
    }
    demo.delete("reach");
    demo.succeeded(demo.api().delete(demo.path("volumes", "reach-disk")));
  }

  private static Path network(long pid) throws IOException {
    return Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/net"));
  }

  /** Each is open to a program of this host; 0 for no listener on all addresses. */
  private static List<String> places(Ports ports, int everywhere) throws IOException {
    List<String> places = new ArrayList<>();
    for (Ports.Part part : Ports.Part.values()) {
      requireOpen(InetAddress.getByName("127.0.0.1"), ports.of(part));
      places.add(LOOPBACK + " " + ports.of(part));
    }
    if (everywhere > 0) {
      places.add(LOOPBACK + " " + everywhere);
      for (NetworkInterface device : NetworkInterface.networkInterfaces().toList()) {
        for (InetAddress address : device.inetAddresses().toList()) {
          if (address instanceof Inet4Address && !address.isLoopbackAddress()) {
            requireOpen(address, everywhere);
            places.add(address.getHostAddress() + " " + everywhere);
          }
        }
      }
    }
    return places;
  }

  private static void requireOpen(InetAddress address, int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 5000);
    }
  }

  /** In its queue are this program's own attempts and no more. */
  private static int callers(ServerSocket everywhere) throws IOException {
    everywhere.setSoTimeout(500);
    int callers = 0;
    try {
      while (true) {
        everywhere.accept().close();
        callers++;
      }
    } catch (SocketTimeoutException e) {
      return callers;
    }
  }

  /** The last place is one that does answer: the guest's own web server. */
  private static List<String> reached(SerialConsole console, List<String> places) {
    console.type("httpd -p 77 -h /tmp; " + TRY);
    places.forEach(place -> console.type("t " + place));
    console.type("t 127.0.0.1 77");
    console.type("echo ALL-TR''IED");
    console.awaitText("ALL-TRIED", Duration.ofSeconds(120));
    return Arrays.stream(console.screen().split("\r?\n", -1))
        .filter(line -> line.contains("REACHED "))
        .map(line -> line.replaceFirst(".*REACHED ([0-9. ]+)\\..*", "$1"))
        .distinct()
        .toList();
  }
}
