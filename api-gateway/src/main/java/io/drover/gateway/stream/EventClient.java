package io.drover.gateway.stream;

import jakarta.ws.rs.sse.OutboundSseEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * One client's stream. What is not yet on its way to the client is bounded: one that reads too
 * slowly is cut off and may resume where it was. Offered to by one thread at a time.
 */
final class EventClient {
  private final ClientConnection connection;
  private final StreamReader reader;
  private final StreamPosition position;
  private final int maxPending;
  private final Semaphore room;
  private volatile boolean greeted;

  EventClient(
      ClientConnection connection, StreamReader reader, StreamPosition position, int maxPending) {
    this.connection = connection;
    this.reader = reader;
    this.position = position;
    this.maxPending = maxPending;
    this.room = new Semaphore(maxPending);
  }

  StreamPosition position() {
    return position;
  }

  String caller() {
    return reader.caller();
  }

  boolean closed() {
    return connection.closed();
  }

  /** Whether the token that opened the stream has ended. */
  boolean expired(Instant now) {
    return !now.isBefore(reader.until());
  }

  /** Ends the stream; one that has not taken all that was sent loses its connection. */
  void close() {
    if (room.availablePermits() < maxPending) {
      connection.cut();
    } else {
      connection.end();
    }
  }

  /** Sends the event if it is for this client and new to it; drops a client that has no room. */
  void offer(StreamEvent event) {
    if (position.advance(event.partition(), event.offset()) && reader.filter().takes(event)) {
      if (room.tryAcquire()) {
        send(connection.event(position.text(), event));
      } else {
        connection.cut();
      }
    }
  }

  /** As {@link #offer}, but gives the client time to make room. */
  void offer(StreamEvent event, Duration patience) throws InterruptedException {
    if (position.advance(event.partition(), event.offset()) && reader.filter().takes(event)) {
      if (room.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        send(connection.event(position.text(), event));
      } else {
        connection.cut();
      }
    }
  }

  /**
   * Begins the response, so that the client sees at once that it is connected. To be called by the
   * thread of the request and before any other sends: two that begin a response break it.
   */
  void greet() {
    if (!greeted) {
      comment("alive");
      greeted = true;
    }
  }

  /** Tells the client, and what is between, that the stream lives. */
  void heartbeat() {
    if (greeted) {
      comment("alive");
    }
  }

  /** Says something to whoever looks at the stream itself, if there is room. */
  void comment(String text) {
    if (room.tryAcquire()) {
      send(connection.comment(text));
    }
  }

  private void send(OutboundSseEvent event) {
    if (connection.closed()) {
      room.release();
      return;
    }
    connection
        .send(event)
        .whenComplete(
            (done, failure) -> {
              room.release();
              if (failure != null && !connection.closed()) {
                connection.cut();
              }
            });
  }
}
