package io.drover.agent.console;

import io.drover.agent.thread.AgentThreads;
import io.drover.contracts.id.DomainId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import jdk.net.ExtendedSocketOptions;
import org.jboss.logging.Logger;

/**
 * Reads the serial consoles of all guests on one thread that never blocks.
 *
 * <p>The socket of each guest is read from its start to its end, viewers or not: QEMU's serial
 * device waits for a connected reader that does not read, and a backlog that is always fed shows
 * each viewer every byte once. While no agent runs nobody is connected, QEMU writes to its log file
 * alone, and the guest does not wait; the next agent begins with the log's tail.
 */
public final class Consoles implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Consoles.class);
  private static final int CHECK_LOG_AFTER = 1024 * 1024;

  private final UserPrincipal qemuUser;
  private final Selector selector;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Map<DomainId, SerialConsoleSession> lines = new ConcurrentHashMap<>();
  private final ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
  private final Thread thread;
  private volatile boolean closed;

  private static final class Link {
    private final DomainId domain;
    private final SerialConsoleSession line;
    private final ConsoleLog log;
    private int sinceCheck;

    Link(DomainId domain, SerialConsoleSession line, ConsoleLog log) {
      this.domain = domain;
      this.line = line;
      this.log = log;
    }
  }

  /**
   * @param qemuUser whose processes may show a console. A guest that has broken out of its QEMU can
   *     put a link to anybody's socket in the place of its own.
   */
  public Consoles(UserPrincipal qemuUser) {
    this.qemuUser = qemuUser;
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot open a selector", e);
    }
    thread = AgentThreads.make("consoles", this::run);
    thread.start();
  }

  /** Begins to read a guest's console. The log's tail comes first. */
  public void attach(DomainId domain, Path socket, Path log) {
    SerialConsoleSession line = new SerialConsoleSession();
    SerialConsoleSession old = lines.put(domain, line);
    if (old != null) {
      old.end();
    }
    submit(() -> connect(socket, new Link(domain, line, new ConsoleLog(log))));
  }

  /** The domain has stopped. */
  public void detach(DomainId domain) {
    SerialConsoleSession line = lines.remove(domain);
    if (line != null) {
      submit(line::end);
    }
  }

  Optional<SerialConsoleSession> find(DomainId domain) {
    return Optional.ofNullable(lines.get(domain));
  }

  /** There is new input in a line. */
  void inputReady() {
    submit(this::offerInput);
  }

  @Override
  public void close() {
    closed = true;
    selector.wakeup();
  }

  private void submit(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  private void run() {
    try (selector) {
      while (!closed) {
        selector.select();
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
          task.run();
        }
        for (SelectionKey key : selector.selectedKeys()) {
          serve(key);
        }
        selector.selectedKeys().clear();
      }
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
    } catch (IOException e) {
      LOG.error("The console thread ended unexpectedly", e);
    }
  }

  private void connect(Path socket, Link link) {
    try {
      // Connected before the tail is read: what is printed in between shows twice, never not at
      // all.
      SocketChannel channel = connect(socket);
      try {
        link.line.received(link.log.tail(SerialConsoleSession.BACKLOG));
        channel.register(selector, SelectionKey.OP_READ, link);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      LOG.warnf("Reading the console of domain %s failed: %s", link.domain, e.getMessage());
      end(link);
    }
  }

  /** Never waits: it is the one thread of all guests. */
  private SocketChannel connect(Path socket) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.configureBlocking(false);
      if (!channel.connect(UnixDomainSocketAddress.of(socket))) {
        throw new IOException("no process accepts connections to " + socket);
      }
      UserPrincipal peer = channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
      if (!peer.equals(qemuUser)) {
        throw new IOException(
            socket + " is served by " + peer.getName() + " and not by " + qemuUser.getName());
      }
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private void serve(SelectionKey key) {
    if (!(key.attachment() instanceof Link link)
        || !(key.channel() instanceof SocketChannel channel)) {
      return;
    }
    try {
      if (key.isValid() && key.isReadable()) {
        read(key, channel, link);
      }
      if (key.isValid() && key.isWritable()) {
        write(key, channel, link);
      }
    } catch (IOException e) {
      LOG.debugf("The console of domain %s closed: %s", link.domain, e.getMessage());
      drop(key, channel, link);
    }
  }

  private void read(SelectionKey key, SocketChannel channel, Link link) throws IOException {
    buffer.clear();
    int read = channel.read(buffer);
    if (read < 0) {
      drop(key, channel, link);
      return;
    }
    byte[] bytes = new byte[read];
    buffer.flip().get(bytes);
    link.line.received(bytes);
    link.sinceCheck += read;
    if (link.sinceCheck > CHECK_LOG_AFTER) {
      link.sinceCheck = 0;
      link.log.limit();
    }
  }

  private void write(SelectionKey key, SocketChannel channel, Link link) throws IOException {
    Optional<ByteBuffer> next = link.line.pendingInput();
    while (next.isPresent() && channel.write(next.get()) > 0) {
      next = link.line.pendingInput();
    }
    key.interestOps(
        next.isPresent() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
  }

  private void offerInput() {
    for (SelectionKey key : selector.keys()) {
      if (key.isValid()
          && key.attachment() instanceof Link link
          && link.line.pendingInput().isPresent()) {
        key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
      }
    }
  }

  private void drop(SelectionKey key, SocketChannel channel, Link link) {
    key.cancel();
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debugf("Closing the console of domain %s failed: %s", link.domain, e.getMessage());
    }
    end(link);
  }

  private void end(Link link) {
    link.line.end();
    lines.remove(link.domain, link.line);
  }
}
