package io.drover.agent.command;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The newest generation that this host has seen of each subject. Kept in memory: commands of an
 * older epoch are refused anyway, and what runs is noted again after a restart. Thread-safe.
 */
public final class Generations {
  private final Map<UUID, Long> newest = new ConcurrentHashMap<>();

  /** 0 for a subject that was never seen. */
  long newest(UUID subject) {
    return newest.getOrDefault(subject, 0L);
  }

  public void note(UUID subject, long generation) {
    newest.merge(subject, generation, Math::max);
  }
}
