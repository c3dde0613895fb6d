package io.drover.gateway.stream;

import java.util.ArrayDeque;
import java.util.function.Consumer;

/** The latest events of all partitions, in the order in which they were read. Not thread-safe. */
final class RecentEvents {
  private final int capacity;
  private final ArrayDeque<StreamEvent> events = new ArrayDeque<>();
  private final StreamPosition oldest;
  private final StreamPosition end;

  RecentEvents(int capacity, StreamPosition start) {
    this.capacity = capacity;
    this.oldest = start.copy();
    this.end = start.copy();
  }

  /** Takes an event in; false when it was taken before. */
  boolean add(StreamEvent event) {
    if (!end.advance(event.partition(), event.offset())) {
      return false;
    }
    events.addLast(event);
    if (events.size() > capacity) {
      StreamEvent gone = events.removeFirst();
      oldest.advance(gone.partition(), gone.offset());
    }
    return true;
  }

  /** Whether every event since that position is still here. */
  boolean covers(StreamPosition position) {
    return position.reaches(oldest);
  }

  /** Whether reading from there goes on behind the end: no partition is gone or moved back. */
  boolean continuesAt(StreamPosition start) {
    return start.partitions() >= end.partitions() && start.reaches(end);
  }

  /** Takes in the partitions that were added. */
  void grow(StreamPosition start) {
    for (int partition = end.partitions(); partition < start.partitions(); partition++) {
      oldest.raise(partition, start.next(partition));
      end.raise(partition, start.next(partition));
    }
  }

  StreamPosition oldest() {
    return oldest.copy();
  }

  StreamPosition end() {
    return end.copy();
  }

  int partitions() {
    return end.partitions();
  }

  void forEach(Consumer<StreamEvent> action) {
    events.forEach(action);
  }
}
