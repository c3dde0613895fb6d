package io.drover.gateway.stream;

import io.netty.util.concurrent.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/** The way to one client. Thread-safe. */
final class ClientConnection {
  private static final Logger LOG = Logger.getLogger(ClientConnection.class);

  private final SseEventSink sink;
  private final Sse sse;
  private final HttpServerRequest request;
  private volatile boolean cut;

  ClientConnection(SseEventSink sink, Sse sse, HttpServerRequest request) {
    this.sink = sink;
    this.sse = sse;
    this.request = request;
  }

  OutboundSseEvent comment(String text) {
    return sse.newEventBuilder().comment(text).build();
  }

  OutboundSseEvent event(String id, StreamEvent event) {
    return sse.newEventBuilder().id(id).name(event.type()).data(String.class, event.json()).build();
  }

  /** Completed when the event has left; a client that has just gone is a failure of that. */
  CompletionStage<?> send(OutboundSseEvent event) {
    try {
      return sink.send(event);
    } catch (IllegalStateException gone) { // it went after the last look at closed()
      return CompletableFuture.failedFuture(gone);
    }
  }

  boolean closed() {
    return cut || sink.isClosed();
  }

  /** Ends the stream behind what was sent. */
  void end() {
    sink.close();
  }

  /**
   * Ends the connection at once: an end behind what was sent would wait, and keep that in memory,
   * for as long as the client does not read. Vert.x's own close, which also stands in the way of
   * the channel's, waits too; from its place in the pipeline on nothing waits.
   */
  void cut() {
    cut = true;
    if (request.connection() instanceof ConnectionBase connection) {
      connection.channelHandlerContext().close().addListener(ClientConnection::report);
    } else {
      LOG.warn(
          "A slow client of the event stream cannot be disconnected: its connection is unknown");
    }
  }

  private static void report(Future<? super Void> closing) {
    if (!closing.isSuccess()) {
      LOG.warn(
          "Closing the connection of a slow client of the event stream failed", closing.cause());
    }
  }
}
