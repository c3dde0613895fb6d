package io.drover.driver.internal.start;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.drover.definition.image.EncryptedImage;
import io.drover.driver.internal.process.ToolProcess;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Small things in a guest's folder that stand in for what a definition names on its host. */
final class HostStubs implements AutoCloseable {
  private static final String PASSPHRASE = "stands in for a secret";
  private static final long IMAGE_BYTES = 64L << 20;
  private static final Path VARIABLES = Path.of("/usr/share/OVMF/OVMF_VARS_4M.fd");

  private final Path folder;
  private final Map<String, String> images = new HashMap<>();
  private final List<AutoCloseable> listeners = new ArrayList<>();
  private int made;

  HostStubs(Path folder) {
    this.folder = folder;
  }

  /** An empty image; the same one for the same path. */
  String image(String path, String format, boolean encrypted) throws IOException {
    String known = images.get(path);
    if (known != null) {
      return known;
    }
    Path file = next();
    if (format.equals("raw")) {
      sparse(file, IMAGE_BYTES);
    } else {
      create(file, format, encrypted);
    }
    images.put(path, file.toString());
    return file.toString();
  }

  /** A firmware that this machine has is taken as it is; else a copy of some variables. */
  String flash(String path) throws IOException {
    return has(path) ? path : Files.copy(VARIABLES, next()).toString();
  }

  /** A file that this machine has, else some zeros. */
  String file(String path) throws IOException {
    return has(path) ? path : zeros();
  }

  /** A small file. */
  String zeros() throws IOException {
    Path file = next();
    sparse(file, 1 << 16);
    return file.toString();
  }

  /** A file small enough for a table of the firmware. */
  String table() throws IOException {
    Path file = next();
    sparse(file, 1 << 12);
    return file.toString();
  }

  /** What QEMU takes for a Linux kernel that can have a RAM disk; it does nothing. */
  String kernel() throws IOException {
    Path file = next();
    byte[] image = new byte[1 << 16];
    ByteBuffer header = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
    header.put(0x1f1, (byte) 1); // sectors of the setup code
    header.putInt(0x202, 0x53726448); // HdrS
    header.putShort(0x206, (short) 0x20c); // the version of the boot protocol
    header.put(0x211, (byte) 1); // loaded high
    header.putInt(0x22c, 0x37ffffff); // the highest address of a RAM disk
    Files.write(file, image);
    return file.toString();
  }

  String emptyFolder() throws IOException {
    return Files.createDirectory(next()).toString();
  }

  /** Where nothing is yet. */
  Path next() {
    return folder.resolve("in" + made++);
  }

  /** A Unix socket that somebody listens on. */
  String listeningSocket() throws IOException {
    Path socket = next();
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listeners.add(channel);
    channel.bind(UnixDomainSocketAddress.of(socket));
    return socket.toString();
  }

  /** A TCP port of this machine that somebody listens on. */
  int listeningPort() throws IOException {
    ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    listeners.add(socket);
    return socket.getLocalPort();
  }

  /** Puts a secret where the command looks for it. */
  void secret(String file) throws IOException {
    Files.writeString(Path.of(file), PASSPHRASE, UTF_8);
  }

  private boolean has(String path) {
    boolean ours = path.startsWith("/usr/share/") || path.startsWith(folder + "/");
    return ours && Files.isRegularFile(Path.of(path));
  }

  private static void sparse(Path file, long bytes) throws IOException {
    try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
      opened.setLength(bytes);
    }
  }

  private static void create(Path file, String format, boolean encrypted) throws IOException {
    if (encrypted) {
      EncryptedImage.create(file, format, PASSPHRASE, IMAGE_BYTES);
      return;
    }
    List<String> command =
        List.of(
            "qemu-img", "create", "-q", "-f", format, file.toString(), Long.toString(IMAGE_BYTES));
    ToolProcess.Result result = ToolProcess.run(command, new byte[0], Duration.ofSeconds(60));
    assertThat(result.exitStatus()).as(result.output()).isZero();
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable listener : listeners) {
      listener.close();
    }
  }
}
