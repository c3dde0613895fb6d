package io.drover.gateway.domain;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells a state that came late, behind a newer one of the same domain, by their versions. It
 * remembers the domains whose states came last. For one thread.
 */
final class LateStates {
  private static final int MAX_DOMAINS = 50_000;

  private final Map<String, Long> newest =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MAX_DOMAINS;
        }
      };

  /**
   * Takes in the next state of a domain. One that is late is reported once: should it stand for a
   * database of before, whose versions are lower, they are the ones that count from now on.
   *
   * @return whether a newer one came before it
   */
  boolean isLate(String domain, long version) {
    Long last = newest.put(domain, version);
    return last != null && version < last;
  }
}
