package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.definition.device.Graphics;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.Domain;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverOptions;
import io.drover.driver.StartOptions;
import io.drover.driver.TestJvm;
import io.drover.driver.internal.display.PortTrial;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the host's settings say so, displays listen on TCP ports that the driver picks. */
class DisplayPortsIT {
  /** Below the ports that kernels give to outgoing connections. */
  private static final int FIRST = 24_100;

  private static final int WEBSOCKETS = 24_150;

  /** Shared, because a root that is new has its host probed. */
  @TempDir static Path folder;

  private DriverLayout layout;
  private LocalDriver driver;

  @BeforeEach
  void open() throws IOException {
    layout = DriverLayout.under(folder.resolve("r"));
    Files.createDirectories(layout.settings().getParent());
    Files.writeString(
        layout.settings(),
        """
        vnc_auto_unix_socket = 0
        spice_auto_unix_socket = 0
        remote_display_port_min = %d
        remote_display_port_max = %d
        remote_websocket_port_min = %d
        """
            .formatted(FIRST, FIRST + 9, WEBSOCKETS));
    driver = TestDriver.open(layout, DriverOptions.defaults());
  }

  @AfterEach
  void end() {
    driver.domains().forEach(Domain::destroy);
    driver.close();
  }

  private static String xml(String name, String graphics) {
    return """
        <domain type='qemu'>
          <name>%s</name>
          <memory unit='MiB'>32</memory>
          <os><type arch='x86_64' machine='pc'>hvm</type></os>
          <devices>%s</devices>
        </domain>
        """
        .formatted(name, graphics);
  }

  private Domain start(String name, String graphics) {
    return driver.start(xml(name, graphics), StartOptions.plain());
  }

  private static Graphics shown(Domain domain) {
    return DomainXml.read(domain.definitionXml()).devices(Graphics.class).get(0);
  }

  private static String greeting(int port) throws IOException {
    try (Socket viewer = new Socket("127.0.0.1", port)) {
      return new String(viewer.getInputStream().readNBytes(3), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void theLowestPortThatIsFreeServesAViewerUntilTheDomainEnds() throws IOException {
    try (ServerSocket foreign = new ServerSocket(FIRST, 1, InetAddress.getByName("127.0.0.1"))) {
      Domain domain = start("one", "<graphics type='vnc' websocket='-1'/>");
      assertThat(foreign.isBound()).isTrue();

      Graphics shown = shown(domain);
      assertThat(shown.port()).isEqualTo(FIRST + 1);
      assertThat(domain.definitionXml())
          .contains("port='" + (FIRST + 1) + "' autoport='yes' websocket='" + WEBSOCKETS + "'")
          .contains("address='127.0.0.1'");
      assertThat(greeting(FIRST + 1)).isEqualTo("RFB");
      new Socket("127.0.0.1", WEBSOCKETS).close();
      domain.destroy();
    }
    Domain again = start("one", "<graphics type='vnc' autoport='yes'/>");
    assertThat(shown(again).port()).isEqualTo(FIRST);
    assertThat(greeting(FIRST)).isEqualTo("RFB");
  }

  @Test
  void spiceListensOnAPortToo() throws IOException {
    Domain domain = start("one", "<graphics type='spice' autoport='yes'/>");

    assertThat(shown(domain).port()).isEqualTo(FIRST);
    assertThat(domain.qmp("query-spice", "{}")).contains("\"port\":" + FIRST);
    new Socket("127.0.0.1", FIRST).close();
  }

  @Test
  void domainsThatStartAtTheSameMomentDoNotMeet() throws Exception {
    int count = 3;
    CyclicBarrier together = new CyclicBarrier(count);
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Future<Integer>> ports =
          Stream.of("one", "two", "three")
              .map(
                  name ->
                      threads.submit(
                          () -> {
                            together.await(10, TimeUnit.SECONDS);
                            return shown(start(name, "<graphics type='vnc'/>")).port();
                          }))
              .toList();
      List<Integer> picked = List.of(port(ports.get(0)), port(ports.get(1)), port(ports.get(2)));
      assertThat(picked).containsExactlyInAnyOrder(FIRST, FIRST + 1, FIRST + 2);
      for (int port : picked) {
        assertThat(greeting(port)).isEqualTo("RFB");
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static int port(Future<Integer> port) throws Exception {
    return port.get(60, TimeUnit.SECONDS);
  }

  @Test
  void theNextDriverKnowsThePortsOfTheKilledOne() throws Exception {
    driver.close();
    Path definition =
        Files.writeString(folder.resolve("domain.xml"), xml("one", "<graphics type='vnc'/>"));
    Process program =
        new ProcessBuilder(
                TestJvm.command(
                    DefinitionProgram.class, folder.resolve("r").toString(), definition.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(program.inputReader().lines().anyMatch(line -> line.startsWith("started")))
          .isTrue();
    } finally {
      program.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    open();
    Domain found = driver.domains().get(0);
    assertThat(shown(found).port()).isEqualTo(FIRST);
    // On another address, where nobody listens: the port is known, not only seen.
    Domain other = start("two", "<graphics type='vnc' listen='127.0.0.2'/>");
    assertThat(shown(other).port()).isEqualTo(FIRST + 1);
    found.destroy();
    assertThat(shown(start("three", "<graphics type='vnc'/>")).port()).isEqualTo(FIRST);
  }

  @Test
  void aStartThatFailsHoldsNoPort() {
    assertThatThrownBy(
            () ->
                start(
                    "one",
                    "<graphics type='vnc'/><disk type='file'><source file='/none'/>"
                        + "<target dev='vda'/></disk>"))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> start("one", "<graphics type='vnc' listen='192.0.2.1'/>"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("'192.0.2.1', which is no address of this host");

    assertThat(shown(start("two", "<graphics type='vnc'/>")).port()).isEqualTo(FIRST);
  }

  @Test
  void theWebsocketOfADisplayOnASocketIsForThisHostAlone() throws IOException {
    driver.close();
    Files.writeString(layout.settings(), "remote_websocket_port_min = " + WEBSOCKETS + "\n");
    driver = TestDriver.open(layout, DriverOptions.defaults());

    Domain domain = start("one", "<graphics type='vnc' websocket='-1'/>");

    assertThat(shown(domain).port()).isNull();
    assertThat(Files.readString(Path.of("/proc/" + domain.pid() + "/cmdline")))
        .contains("vnc=unix:", ",websocket=127.0.0.1:" + WEBSOCKETS);
    new Socket("127.0.0.1", WEBSOCKETS).close();
    assertThatThrownBy(() -> new Socket("127.0.0.2", WEBSOCKETS)).isInstanceOf(IOException.class);
  }

  @Test
  void aPortIsTriedOnItsAddress() throws IOException {
    try (ServerSocket mine = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      PortTrial trial = new PortTrial();
      assertThat(trial.free("127.0.0.1", mine.getLocalPort())).isFalse();
      assertThat(trial.free("127.0.0.2", mine.getLocalPort())).isTrue();
    }
  }
}
