package io.drover.agent.console;

import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/** The way to a viewer, through a web socket. */
record ViewerSocket(WebSocketConnection connection) implements SocketViewer.Way {
  @Override
  public void send(byte[] bytes, Runnable sent, Consumer<Throwable> failed) {
    connection.sendBinary(Buffer.buffer(bytes)).subscribe().with(done -> sent.run(), failed);
  }

  @Override
  public void close(int code, String reason, Consumer<Throwable> failed) {
    connection.close(new CloseReason(code, reason)).subscribe().with(done -> {}, failed);
  }
}
