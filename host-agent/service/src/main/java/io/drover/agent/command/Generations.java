package io.drover.agent.command;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The newest generation that this host has seen of each subject. After a restart it is noted again
 * from the journal of commands and from what runs. Thread-safe.
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
