package io.drover.agent.console;

import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * A viewer behind a web socket. One that reads too slowly is cut off; others do not wait for it.
 */
final class SocketViewer implements ConsoleViewer {
  private static final Logger LOG = Logger.getLogger(SocketViewer.class);
  private static final long MAX_UNSENT = 1024 * 1024;
  private static final int ENDED = 1000;
  private static final int TOO_SLOW = 4408;

  private final WebSocketConnection connection;
  private final boolean writes;
  private final AtomicLong unsent = new AtomicLong();
  private final AtomicInteger closings = new AtomicInteger();

  SocketViewer(WebSocketConnection connection, boolean writes) {
    this.connection = connection;
    this.writes = writes;
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
    connection
        .sendBinary(Buffer.buffer(bytes))
        .subscribe()
        .with(done -> unsent.addAndGet(-bytes.length), this::failed);
  }

  @Override
  public void ended(String reason) {
    close(ENDED, reason);
  }

  @Override
  public boolean wantsToWrite() {
    return writes;
  }

  private void close(int code, String reason) {
    if (closings.getAndIncrement() == 0) {
      connection.close(new CloseReason(code, reason)).subscribe().with(done -> {}, this::failed);
    }
  }

  private void failed(Throwable cause) {
    closings.incrementAndGet();
    LOG.debugf("The WebSocket of a console viewer closed: %s", cause.getMessage());
  }
}
