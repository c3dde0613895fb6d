package io.drover.gateway.stream;

import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.UntrustedRecordException;
import io.drover.contracts.message.UntrustedRecordException.Reason;
import io.drover.contracts.time.NanoTicker;
import io.drover.gateway.topic.feed.TopicRecord;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Holds back a record whose claim is not known yet, and those behind it in its partition, until it
 * is, for two seconds at the most: two topics have no order. A source whose record waited in vain
 * is not waited for again for a minute, so that one that invents claims delays no stream. For one
 * thread.
 */
final class EarlyEvents {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration DISTRUST = Duration.ofMinutes(1);
  private static final int MAX_HELD = 10_000;
  private static final int MAX_SOURCES = 1_000;

  private final Function<TopicRecord, StreamTrust.Verdict> trust;
  private final BiConsumer<TopicRecord, Boolean> next;
  private final BiConsumer<TopicRecord, UntrustedRecordException> refused;
  private final NanoTicker ticker;
  private final Map<Integer, ArrayDeque<Held>> held = new HashMap<>();
  private final Map<String, Long> distrusted = new HashMap<>();

  private record Held(TopicRecord record, long since) {}

  /**
   * @param trust judges a record; is asked again while it does not know
   * @param next gets every record, in the order of its partition, and whether it is believed
   * @param refused hears of those that waited in vain
   */
  EarlyEvents(
      Function<TopicRecord, StreamTrust.Verdict> trust,
      BiConsumer<TopicRecord, Boolean> next,
      BiConsumer<TopicRecord, UntrustedRecordException> refused,
      NanoTicker ticker) {
    this.trust = trust;
    this.next = next;
    this.refused = refused;
    this.ticker = ticker;
  }

  /** Takes a record in. */
  void read(TopicRecord record) {
    ArrayDeque<Held> queue =
        held.computeIfAbsent(record.partition(), partition -> new ArrayDeque<>());
    queue.addLast(new Held(record, ticker.nanos()));
    drain(queue);
  }

  /** Gives on what can be judged by now. */
  void settle() {
    held.values().forEach(this::drain);
  }

  /** Whether anything waits. */
  boolean isHolding() {
    return held.values().stream().anyMatch(queue -> !queue.isEmpty());
  }

  private void drain(ArrayDeque<Held> queue) {
    while (!queue.isEmpty() && isSettled(queue.getFirst(), queue.size())) {
      queue.removeFirst();
    }
  }

  /** Gives the record on, unless it has to wait. */
  private boolean isSettled(Held head, int waiting) {
    TopicRecord record = head.record();
    switch (trust.apply(record)) {
      case BELIEVED -> next.accept(record, true);
      case REFUSED -> next.accept(record, false);
      case EARLY -> {
        if (isAwaited(head) && waiting <= MAX_HELD) {
          return false;
        }
        giveUp(record);
      }
      case UNKNOWN -> {
        if (waiting <= MAX_HELD) {
          return false;
        }
        giveUp(record);
      }
    }
    return true;
  }

  private boolean isAwaited(Held head) {
    return !isDistrusted(source(head.record()))
        && ticker.since(head.since()).compareTo(PATIENCE) <= 0;
  }

  private boolean isDistrusted(String source) {
    Long since = distrusted.get(source);
    return since != null && ticker.since(since).compareTo(DISTRUST) <= 0;
  }

  private void giveUp(TopicRecord record) {
    String source = source(record);
    if (!isDistrusted(source)) {
      if (distrusted.size() >= MAX_SOURCES) {
        distrusted.clear();
      }
      distrusted.put(source, ticker.nanos());
    }
    refused.accept(
        record,
        new UntrustedRecordException(
            Reason.CLAIM,
            "The scheduler has published no such claim within "
                + PATIENCE.toSeconds()
                + " s; look for a host that invents it."));
    next.accept(record, false);
  }

  private static String source(TopicRecord record) {
    return CloudEvents.attribute(record.headers(), "source").orElse("");
  }
}
