package io.drover.standalone.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.standalone.cluster.Ports.Part;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Scanner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsIT {
  @TempDir Path folder;

  @Test
  void aPortThatAnotherProgramHoldsIsMovedAndTheMoveIsTold() throws Exception {
    Path file = folder.resolve("ports.properties");
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Files.writeString(file, "GATEWAY=" + other.getLocalPort() + "\n");
      Ports ports = Ports.choose(file);

      assertThat(ports.moved()).contains(Part.GATEWAY);
      assertThat(ports.of(Part.GATEWAY)).isNotEqualTo(other.getLocalPort());
      assertThat(Files.readString(file)).contains("GATEWAY=" + ports.of(Part.GATEWAY));
    }
  }

  @Test
  void aSecondSuiteGetsPortsOfItsOwn() throws Exception {
    Ports ports = Ports.free();
    assertThat(java.util.Arrays.stream(Part.values()).map(ports::of)).doesNotHaveDuplicates();
  }

  @Test
  void noConnectionTakesAPortWhileItsPartIsStartedAgain() throws Exception {
    Ports ports = Ports.free();
    try (Scanner range = new Scanner(Path.of("/proc/sys/net/ipv4/ip_local_port_range"))) {
      int firstOfConnections = range.nextInt();
      assertThat(java.util.Arrays.stream(Part.values()).map(ports::of))
          .allMatch(port -> port < firstOfConnections);
    }
  }
}
