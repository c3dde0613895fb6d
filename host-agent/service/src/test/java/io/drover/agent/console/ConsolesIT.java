package io.drover.agent.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drover.agent.testkit.TestGuest;
import io.drover.contracts.id.DomainId;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Consoles with a real QEMU behind the socket. */
class ConsolesIT {
  @TempDir Path folder;
  private final DomainId domain = new DomainId(UUID.randomUUID());
  private Consoles consoles;
  private Process qemu;
  private Path socket;
  private Path log;

  @BeforeEach
  void startGuest() throws Exception {
    consoles = new Consoles(Files.getOwner(folder));
    socket = folder.resolve("c.sock");
    log = folder.resolve("c.log");
    Path disk = Files.write(folder.resolve("disk"), TestGuest.disk());
    qemu =
        new ProcessBuilder(
                List.of(
                    "qemu-system-x86_64",
                    "-nodefaults",
                    "-display",
                    "none",
                    "-accel",
                    "tcg",
                    "-m",
                    "32",
                    "-drive",
                    "if=ide,format=raw,file=" + disk,
                    "-chardev",
                    "socket,id=c,server=on,wait=off,logappend=on,path="
                        + socket
                        + ",logfile="
                        + log,
                    "-serial",
                    "chardev:c"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("qemu.log").toFile())
            .start();
    await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(socket));
  }

  @AfterEach
  void stop() throws Exception {
    consoles.close();
    qemu.destroyForcibly().waitFor();
  }

  @Test
  void showsOutputTakesInputAndEndsWithTheGuest() {
    consoles.attach(domain, socket, log);
    Viewer viewer = join();
    viewer.awaits(TestGuest.READY);
    type(viewer, "hello");
    viewer.awaits("hello");
    type(viewer, "q");
    await().atMost(Duration.ofSeconds(60)).until(() -> viewer.ended);
    assertThat(consoles.find(domain)).isEmpty();
  }

  @Test
  void whatWasPrintedWhileNobodyWasConnectedComesFromTheLog() {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> Files.exists(log) && Files.readString(log).contains(TestGuest.READY));
    consoles.attach(domain, socket, log);
    Viewer viewer = join();
    viewer.awaits(TestGuest.READY);
    type(viewer, "x");
    viewer.awaits("x");
  }

  @Test
  void aMissingSocketEndsTheConsoleInsteadOfHanging() {
    DomainId other = new DomainId(UUID.randomUUID());
    consoles.attach(other, folder.resolve("absent"), log);
    await().atMost(Duration.ofSeconds(60)).until(() -> consoles.find(other).isEmpty());
  }

  @Test
  void aSocketThatSomebodyElseServesIsNotShown() throws Exception {
    UserPrincipal other =
        folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
    try (Consoles careful = new Consoles(other)) {
      Path link = Files.createSymbolicLink(folder.resolve("link"), socket);
      careful.attach(domain, link, log);
      await().atMost(Duration.ofSeconds(60)).until(() -> careful.find(domain).isEmpty());
    }
  }

  @Test
  void aSocketThatNobodyAcceptsFromKeepsNoOtherWaiting() throws Exception {
    UnixDomainSocketAddress full = UnixDomainSocketAddress.of(folder.resolve("full"));
    try (ServerSocketChannel deaf =
            ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(full, 1);
        SocketChannel first = SocketChannel.open(full);
        SocketChannel second = SocketChannel.open(full)) {
      assertThat(first.isConnected() && second.isConnected() && deaf.isOpen()).isTrue();
      DomainId other = new DomainId(UUID.randomUUID());
      consoles.attach(other, full.getPath(), log);
      consoles.attach(domain, socket, log);
      Viewer viewer = join();
      viewer.awaits(TestGuest.READY);
      assertThat(consoles.find(other)).isEmpty();
    }
  }

  private Viewer join() {
    Viewer viewer = new Viewer();
    consoles.find(domain).orElseThrow().join(viewer);
    return viewer;
  }

  private void type(Viewer viewer, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    assertThat(consoles.find(domain).orElseThrow().type(viewer, bytes)).isTrue();
    consoles.inputReady();
  }

  private static final class Viewer implements ConsoleViewer {
    private final StringBuffer seen = new StringBuffer();
    private volatile boolean ended;

    void awaits(String text) {
      await().atMost(Duration.ofSeconds(60)).until(() -> seen.toString().contains(text));
    }

    @Override
    public void printedBefore(byte[] bytes) {
      output(bytes);
    }

    @Override
    public void output(byte[] bytes) {
      seen.append(new String(bytes, StandardCharsets.US_ASCII));
    }

    @Override
    public void ended(String reason) {
      ended = true;
    }

    @Override
    public boolean wantsToWrite() {
      return true;
    }
  }
}
