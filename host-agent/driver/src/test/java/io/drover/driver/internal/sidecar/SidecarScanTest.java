package io.drover.driver.internal.sidecar;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kernel's list of sockets has those of all users, by any names. */
class SidecarScanTest {
  @TempDir Path proc;

  @Test
  void aNameThatIsNoTextHidesNoOther() throws IOException {
    Path socket = Files.createFile(proc.resolve("sö.sock"));
    String name = new String(socket.toString().getBytes(UTF_8), ISO_8859_1);
    Files.createDirectory(proc.resolve("net"));
    Files.writeString(
        proc.resolve("net/unix"),
        "Num RefCount Protocol Flags Type St Inode Path\n"
            + "0000: 00000002 00000000 00010000 0001 01 1 @\u00ff\u00fe\n"
            + ("0000: 00000002 00000000 00010000 0001 01 2 " + name + "\n"),
        ISO_8859_1);
    assertThat(new SidecarScan(proc).listens(socket)).isTrue();
    assertThat(new SidecarScan(proc).listens(Files.createFile(proc.resolve("other")))).isFalse();
  }
}
