package io.drover.gateway.feed;

import io.drover.gateway.topic.TopicPositions;
import io.drover.gateway.topic.TopicPositions.TopicPlace;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Up to where this gateway has applied the events, and what of that the database is known to have.
 * The positions are written every some seconds: a backup has one that is not later than its
 * contents. Thread-safe.
 */
@ApplicationScoped
class EventProgress {
  private final TopicPositions positions;
  private final ReentrantLock turn = new ReentrantLock();
  private final Map<TopicPlace, Long> applied = new LinkedHashMap<>();
  private final Map<TopicPlace, Long> former = new LinkedHashMap<>();
  private final Map<TopicPlace, Long> kept = new LinkedHashMap<>();

  EventProgress(TopicPositions positions) {
    this.positions = positions;
  }

  /** Applies a record, while nothing is replayed. */
  void apply(TopicPlace place, long offset, Runnable work) {
    turn.lock();
    try {
      work.run();
      synchronized (this) {
        applied.put(place, offset + 1);
      }
    } finally {
      turn.unlock();
    }
  }

  /** Applies records of before, while nobody applies others. */
  <T> T replay(Supplier<T> work) {
    turn.lock();
    try {
      return work.get();
    } finally {
      turn.unlock();
    }
  }

  /** Whether the record was there before this process was. */
  synchronized boolean isFormer(TopicPlace place, long offset) {
    return offset < former.getOrDefault(place, 0L);
  }

  /** The ends of the partitions as they were when this process had none of them applied. */
  synchronized void former(Map<TopicPlace, Long> ends) {
    if (applied.isEmpty()) {
      former.putAll(ends);
    }
  }

  /** Up to where records were applied by this process. */
  synchronized Map<TopicPlace, Long> applied() {
    return Map.copyOf(applied);
  }

  /**
   * Writes how far it is, unless the database has less than this gateway has written.
   *
   * @return false when it has: it was restored from a backup
   */
  synchronized boolean keep() {
    if (!kept.isEmpty() && QuarkusTransaction.requiringNew().call(this::wentBack)) {
      return false;
    }
    Map<TopicPlace, Long> more = new LinkedHashMap<>(applied);
    more.entrySet().removeIf(one -> one.getValue().equals(kept.get(one.getKey())));
    kept(more);
    return true;
  }

  private boolean wentBack() {
    Map<TopicPlace, Long> now = positions.all();
    return kept.entrySet().stream()
        .anyMatch(one -> now.getOrDefault(one.getKey(), 0L) < one.getValue());
  }

  /** The database has all up to these offsets again. */
  synchronized void kept(Map<TopicPlace, Long> ends) {
    if (!ends.isEmpty()) {
      QuarkusTransaction.requiringNew().run(() -> positions.keep(ends));
      kept.putAll(ends);
    }
  }
}
