package io.drover.gateway.request;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The requests that are under way: so many of one caller, and so many of all who have no reserve.
 * What is beyond is refused at once, so that nobody waits for those of another. Thread-safe.
 */
final class CallerSlots {
  private final int maxOfCaller;
  private final int maxOfAll;
  private final Map<String, Integer> byCaller = new HashMap<>();
  private int ofAll;

  /**
   * @param maxOfAll of all callers without a reserve together
   */
  CallerSlots(int maxOfCaller, int maxOfAll) {
    this.maxOfCaller = maxOfCaller;
    this.maxOfAll = maxOfAll;
  }

  /** Which limit a request has met. */
  enum Refusal {
    CALLER,
    ALL
  }

  /**
   * Begins a request.
   *
   * @param reserved whether the caller has a reserve that others do not take
   * @return why not; empty when it has begun, and {@link #end} is to be called once
   */
  synchronized Optional<Refusal> begin(String caller, boolean reserved) {
    int own = byCaller.getOrDefault(caller, 0);
    if (own >= maxOfCaller) {
      return Optional.of(Refusal.CALLER);
    }
    if (!reserved && ofAll >= maxOfAll) {
      return Optional.of(Refusal.ALL);
    }
    byCaller.put(caller, own + 1);
    ofAll += reserved ? 0 : 1;
    return Optional.empty();
  }

  synchronized void end(String caller, boolean reserved) {
    byCaller.computeIfPresent(caller, (name, own) -> own > 1 ? own - 1 : null);
    ofAll -= reserved ? 0 : 1;
  }

  /** How many requests are under way, those with a reserve included. */
  synchronized int underWay() {
    return byCaller.values().stream().mapToInt(Integer::intValue).sum();
  }
}
