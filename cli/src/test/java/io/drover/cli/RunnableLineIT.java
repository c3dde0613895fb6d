package io.drover.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.drover.definition.image.EncryptedImage;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code domxml-to-native --runnable}: its line is given to a shell, and QEMU greets. */
class RunnableLineIT {
  private static final String SECRET = "0a81f5b2-8403-7b23-c8d6-21ccc2f80d6f";
  private static final int LAST_TRY = 2_000;

  @TempDir Path folder;
  private Path run;

  @BeforeEach
  void shortFolder() throws IOException {
    run = Files.createTempDirectory("drover");
  }

  @Test
  void aShellStartsAGuestWhoseHostPartsAreReplaced() throws Exception {
    Path disk = folder.resolve("disk.qcow2");
    EncryptedImage.create(disk, "qcow2", "it-is-secret", 1024 * 1024);
    Files.writeString(run.resolve("secret-" + SECRET), "it-is-secret");
    Invocation.Result result =
        started(
            """
            <domain type='qemu' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
              <name>it's "all" $HOME</name>
              <memory unit='MiB'>64</memory>
              <memoryBacking><source type='file'/></memoryBacking>
              <vcpu>2</vcpu>
              <os firmware='efi'><type arch='x86_64' machine='q35'>hvm</type></os>
              <features><acpi/></features>
              <devices>
                <disk type='file' device='disk'>
                  <driver name='qemu' type='qcow2'/>
                  <source file='%s'>
                    <encryption format='luks'><secret type='passphrase' uuid='%s'/></encryption>
                  </source>
                  <target dev='vda' bus='virtio'/>
                </disk>
                <interface type='bridge'>
                  <source bridge='no-such-bridge'/><model type='virtio'/>
                  <driver name='vhost' queues='2'/>
                </interface>
                <serial type='pty'/>
                <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
                <graphics type='vnc' autoport='yes'/>
                <tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>
              </devices>
              <qemu:commandline><qemu:env name='MARK' value="a 'quoted' value"/></qemu:commandline>
            </domain>
            """
                .formatted(disk, SECRET));

    assertThat(result.out()).doesNotContain(" -S ").doesNotContain("master-key");
    assertThat(result.err())
        .contains("tainted: custom-argv")
        .contains("The secret " + SECRET + " must be in the file")
        .contains("QEMU's own NAT");
  }

  @Test
  void aPlainGuestNeedsNoNotes() throws Exception {
    Invocation.Result result =
        started(
            """
            <domain type='qemu'>
              <name>plain</name><memory unit='MiB'>32</memory><vcpu>1</vcpu>
              <os><type arch='x86_64' machine='pc'>hvm</type></os>
            </domain>
            """);

    assertThat(result.err()).isEmpty();
    assertThat(result.out().lines()).hasSize(1);
  }

  /** Gives the line to a shell, waits for QEMU's greeting and ends it. */
  private Invocation.Result started(String xml) throws Exception {
    Path file = Files.writeString(folder.resolve("domain.xml"), xml);
    Invocation.Result result =
        new Invocation(folder)
            .run(
                "domxml-to-native",
                "qemu-argv",
                "--runnable",
                "--folder",
                run.toString(),
                file.toString());
    assertThat(result.status()).as(result.err()).isZero();
    Path words = folder.resolve("words");
    Process shell =
        new ProcessBuilder("sh", "-c", result.out())
            .redirectErrorStream(true)
            .redirectOutput(words.toFile())
            .start();
    try {
      assertThat(greeting(shell, words)).contains("\"QMP\"");
    } finally {
      shell.descendants().forEach(ProcessHandle::destroy);
      shell.destroy();
      shell.waitFor(10, TimeUnit.SECONDS);
    }
    return result;
  }

  private String greeting(Process shell, Path words) throws Exception {
    Path socket = run.resolve("monitor.sock");
    for (int tries = 0; tries < LAST_TRY; tries++) {
      if (!shell.isAlive() && !Files.exists(socket)) {
        throw new AssertionError("QEMU has ended: " + Files.readString(words));
      }
      if (Files.exists(socket)) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
          channel.connect(UnixDomainSocketAddress.of(socket));
          ByteBuffer bytes = ByteBuffer.allocate(4096);
          channel.read(bytes);
          return new String(bytes.array(), 0, bytes.position(), UTF_8);
        } catch (java.net.ConnectException e) {
          // made, and not listening yet
          shell.waitFor(10, TimeUnit.MILLISECONDS);
        }
      }
      shell.waitFor(10, TimeUnit.MILLISECONDS);
    }
    throw new AssertionError("No greeting: " + Files.readString(words));
  }
}
