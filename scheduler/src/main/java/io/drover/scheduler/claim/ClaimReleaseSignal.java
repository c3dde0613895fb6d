package io.drover.scheduler.claim;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Tells who waits for it that a domain's claim may have ended: commands and events travel on
 * different topics, so the end of a run may be read after the next start. Thread-safe.
 */
@ApplicationScoped
public class ClaimReleaseSignal {
  private final List<Consumer<UUID>> listeners = new CopyOnWriteArrayList<>();

  /** Calls the listener on the thread that has ended the claim, after its transaction. */
  public void listen(Consumer<UUID> listener) {
    listeners.add(listener);
  }

  void announce(UUID domain) {
    listeners.forEach(listener -> listener.accept(domain));
  }
}
