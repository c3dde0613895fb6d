package io.drover.gateway.stream;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * One client's stream. What is not yet on its way to the client is bounded: one that reads too
 * slowly is dropped and may resume where it was. Offered to by one thread at a time.
 */
final class EventClient {
  private final SseEventSink sink;
  private final Sse sse;
  private final StreamFilter filter;
  private final StreamPosition position;
  private final Semaphore room;

  EventClient(
      SseEventSink sink, Sse sse, StreamFilter filter, StreamPosition position, int maxPending) {
    this.sink = sink;
    this.sse = sse;
    this.filter = filter;
    this.position = position;
    this.room = new Semaphore(maxPending);
  }

  StreamPosition position() {
    return position;
  }

  boolean closed() {
    return sink.isClosed();
  }

  void close() {
    sink.close();
  }

  /** Sends the event if it is for this client and new to it; drops a client that has no room. */
  void offer(StreamEvent event) {
    if (position.advance(event.partition(), event.offset()) && filter.takes(event)) {
      if (room.tryAcquire()) {
        send(event(event));
      } else {
        close();
      }
    }
  }

  /** As {@link #offer}, but gives the client time to make room. */
  void offer(StreamEvent event, Duration patience) throws InterruptedException {
    if (position.advance(event.partition(), event.offset()) && filter.takes(event)) {
      if (room.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        send(event(event));
      } else {
        close();
      }
    }
  }

  /** Tells the client, and what is between, that the stream lives. */
  void heartbeat() {
    if (room.tryAcquire()) {
      send(sse.newEventBuilder().comment("alive").build());
    }
  }

  private OutboundSseEvent event(StreamEvent event) {
    return sse.newEventBuilder()
        .id(position.text())
        .name(event.type())
        .data(String.class, event.json())
        .build();
  }

  private void send(OutboundSseEvent event) {
    if (sink.isClosed()) {
      room.release();
      return;
    }
    sink.send(event)
        .whenComplete(
            (done, failure) -> {
              room.release();
              if (failure != null) {
                sink.close();
              }
            });
  }
}
