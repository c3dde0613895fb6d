package io.drover.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** As little QMP as a start needs: one command in flight, answers read until a line says return. */
final class RawMonitor implements AutoCloseable {
  private static final long DEADLINE_NANOS = 15_000_000_000L;
  private static final long RETRY_NANOS = 200_000;
  private final SocketChannel channel;
  private final StringBuilder read = new StringBuilder();

  private RawMonitor(SocketChannel channel) {
    this.channel = channel;
  }

  /** Connects as soon as QEMU listens. */
  static RawMonitor connect(Path socket, Process qemu) throws IOException {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(socket);
    long end = System.nanoTime() + DEADLINE_NANOS;
    while (true) {
      try {
        return new RawMonitor(SocketChannel.open(address));
      } catch (SocketException e) {
        // Not there yet, or there and not listening yet.
        if (System.nanoTime() > end || !qemu.isAlive()) {
          throw new IOException("QEMU opened no monitor at " + socket, e);
        }
        LockSupport.parkNanos(RETRY_NANOS);
      }
    }
  }

  /** Waits for a line that holds the text. */
  void await(String text) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(8192);
    while (read.indexOf(text) < 0 || read.indexOf("\n", read.indexOf(text)) < 0) {
      buffer.clear();
      if (channel.read(buffer) < 0) {
        throw new IOException("QEMU closed its monitor");
      }
      read.append(UTF_8.decode(buffer.flip()));
    }
    read.setLength(0);
  }

  /** Sends a command without arguments and waits for its answer. */
  void execute(String command) throws IOException {
    channel.write(ByteBuffer.wrap(("{\"execute\":\"" + command + "\"}\n").getBytes(UTF_8)));
    await("\"return\"");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
