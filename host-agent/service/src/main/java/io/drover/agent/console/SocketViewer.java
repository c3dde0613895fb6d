package io.drover.agent.console;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * A viewer behind a web socket. One that reads too slowly is cut off; others do not wait for it.
 */
final class SocketViewer implements ConsoleViewer {
  /** Of what is printed while it watches; what was printed before comes on top, once. */
  static final long MAX_UNSENT = 64 * 1024;

  static final int TOO_SLOW = 4408;
  private static final Logger LOG = Logger.getLogger(SocketViewer.class);
  private static final int ENDED = 1000;

  private final Way way;
  private final boolean writes;
  private final boolean wantsTail;
  private final AtomicLong unsent = new AtomicLong();
  private final AtomicInteger closings = new AtomicInteger();

  /** The way to the viewer; never blocks. */
  interface Way {
    /** Calls one of both later. */
    void send(byte[] bytes, Runnable sent, Consumer<Throwable> failed);

    void close(int code, String reason, Consumer<Throwable> failed);
  }

  SocketViewer(Way way, boolean writes, boolean wantsTail) {
    this.way = way;
    this.writes = writes;
    this.wantsTail = wantsTail;
  }

  @Override
  public void printedBefore(byte[] bytes) {
    if (wantsTail && closings.get() == 0) {
      way.send(bytes, () -> {}, this::failed);
    }
  }

  @Override
  public void output(byte[] bytes) {
    if (closings.get() > 0) {
      return;
    }
    if (unsent.addAndGet(bytes.length) > MAX_UNSENT) {
      close(TOO_SLOW, "This console reads too slowly.");
      return;
    }
    way.send(bytes, () -> unsent.addAndGet(-bytes.length), this::failed);
  }

  @Override
  public void ended(String reason) {
    close(ENDED, reason);
  }

  @Override
  public boolean wantsToWrite() {
    return writes;
  }

  void close(int code, String reason) {
    if (closings.getAndIncrement() == 0) {
      way.close(code, reason, this::failed);
    }
  }

  private void failed(Throwable cause) {
    closings.incrementAndGet();
    LOG.debugf("The WebSocket of a console viewer closed: %s", cause.getMessage());
  }
}
