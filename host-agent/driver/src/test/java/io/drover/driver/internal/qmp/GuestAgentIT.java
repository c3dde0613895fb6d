package io.drover.driver.internal.qmp;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents that any guest can be: it writes to its channel what it likes. */
@Timeout(60)
class GuestAgentIT {
  @TempDir Path folder;

  private GuestAgent agent(Path socket) {
    return new GuestAgent(socket, anybody -> {}, Duration.ofMillis(500), System::nanoTime);
  }

  /** Neither empty lines nor a line without an end nor stale answers hold anybody up. */
  @ParameterizedTest
  @ValueSource(strings = {"\n", "x", "{\"return\":1}\n"})
  void oneThatSendsWithoutEndIsGivenUp(String piece) throws Exception {
    Path socket = folder.resolve("agent");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      Thread hostile = new Thread(() -> flood(server, piece));
      hostile.start();
      assertThatThrownBy(() -> agent(socket).shutDown())
          .isInstanceOfSatisfying(
              ProblemException.class,
              e ->
                  org.assertj.core.api.Assertions.assertThat(e.code())
                      .isEqualTo(ErrorCode.QEMU_UNRESPONSIVE));
      server.close();
      hostile.join();
    }
  }

  private static void flood(ServerSocketChannel server, String piece) {
    ByteBuffer bytes = ByteBuffer.wrap(piece.getBytes(StandardCharsets.UTF_8));
    try (SocketChannel session = server.accept()) {
      while (session.isOpen()) {
        bytes.rewind();
        session.write(bytes);
      }
    } catch (IOException e) {
      // The other side has had enough.
      return;
    }
  }

  @Test
  void somebodyElseInItsPlaceIsNotAsked() throws IOException {
    Path socket = folder.resolve("agent");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      GuestAgent agent =
          new GuestAgent(
              socket,
              peer -> {
                throw new ProblemException(ErrorCode.QEMU_UNRESPONSIVE, "process " + peer);
              },
              Duration.ofSeconds(30),
              System::nanoTime);
      assertThatThrownBy(agent::shutDown)
          .hasMessageContaining("process " + ProcessHandle.current().pid());
    }
  }
}
