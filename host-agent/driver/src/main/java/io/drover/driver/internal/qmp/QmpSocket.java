package io.drover.driver.internal.qmp;

import io.drover.contracts.error.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import jnr.constants.platform.SocketLevel;
import jnr.posix.CmsgHdr;
import jnr.posix.MsgHdr;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;
import jnr.unixsocket.UnixSocketAddress;
import jnr.unixsocket.UnixSocketChannel;
import jnr.unixsocket.UnixSocketOptions;

/** The bytes of a connection; writes come one at a time, reads from one thread. */
final class QmpSocket implements AutoCloseable {
  private static final int SCM_RIGHTS = 1;
  private static final int READ_BYTES = 64 * 1024;
  private final UnixSocketChannel channel;
  private final ByteBuffer packet = ByteBuffer.allocateDirect(READ_BYTES);

  private QmpSocket(UnixSocketChannel channel) {
    this.channel = channel;
  }

  /**
   * Connects once. The socket lies where QEMU's user may put anything in its place: one that nobody
   * accepts connections of, or a link to somebody else's.
   *
   * @param patience after which the attempt fails, or a write to a side that does not read
   * @param peer gets the number of the process on the other side before anything is said to it;
   *     throws to refuse it
   */
  static QmpSocket connect(Path path, Duration patience, LongConsumer peer) throws IOException {
    UnixSocketChannel channel = UnixSocketChannel.open();
    try {
      channel.setOption(UnixSocketOptions.SO_SNDTIMEO, Math.toIntExact(patience.toMillis()));
      if (!channel.connect(new UnixSocketAddress(path.toFile()))) {
        throw new IOException("No process accepts connections to " + path);
      }
      QmpSocket socket = new QmpSocket(channel);
      peer.accept(socket.peerPid());
      return socket;
    } catch (ProblemException e) {
      channel.close();
      throw e;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e instanceof IOException io ? io : new IOException("Cannot connect to " + path, e);
    }
  }

  /** The process that listens on the other side, as the kernel says. */
  private int peerPid() throws IOException {
    return channel.getOption(UnixSocketOptions.SO_PEERCRED).getPid();
  }

  /** Waits for bytes and hands them to {@code splitter}; false at the end of the stream. */
  boolean read(Consumer<ByteBuffer> taker) throws IOException {
    packet.clear();
    if (channel.read(packet) < 0) {
      return false;
    }
    packet.flip();
    taker.accept(packet);
    return true;
  }

  /** As {@link #read}, but gives up after some time; false then and at the end of the stream. */
  boolean readWithin(Duration wait, Consumer<ByteBuffer> taker) throws IOException {
    // None would be for ever.
    int millis = Math.max(1, Math.toIntExact(wait.toMillis()));
    channel.setOption(UnixSocketOptions.SO_RCVTIMEO, millis);
    try {
      packet.clear();
      if (channel.read(packet) <= 0) {
        return false;
      }
    } catch (jnr.enxio.channels.NativeException e) {
      if (e.getErrno() == jnr.constants.platform.Errno.EAGAIN) {
        return false;
      }
      throw e;
    }
    packet.flip();
    taker.accept(packet);
    return true;
  }

  void write(byte[] line) throws IOException {
    writeAll(ByteBuffer.wrap(line));
  }

  /** Sends the line with the descriptor attached to its first byte. */
  void write(byte[] line, int descriptor) throws IOException {
    POSIX posix = POSIXFactory.getNativePOSIX();
    ByteBuffer bytes = ByteBuffer.allocateDirect(line.length);
    bytes.put(line).flip();
    MsgHdr header = posix.allocateMsgHdr();
    header.setIov(new ByteBuffer[] {bytes});
    CmsgHdr control = header.allocateControl(Integer.BYTES);
    control.setLevel(SocketLevel.SOL_SOCKET.intValue());
    control.setType(SCM_RIGHTS);
    ByteBuffer rights = ByteBuffer.allocateDirect(Integer.BYTES).order(ByteOrder.nativeOrder());
    rights.putInt(descriptor).flip();
    control.setData(rights);
    int sent = posix.sendmsg(channel.getFD(), header, 0);
    if (sent <= 0) {
      throw new IOException("The descriptor cannot be sent: errno " + posix.errno());
    }
    writeAll(ByteBuffer.wrap(line, sent, line.length - sent));
  }

  private void writeAll(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.write(bytes) <= 0) {
        throw new IOException("QEMU does not read its monitor");
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
