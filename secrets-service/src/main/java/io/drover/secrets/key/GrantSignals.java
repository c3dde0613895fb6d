package io.drover.secrets.key;

import io.drover.contracts.id.KeyId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Wakes releases that wait for a grant. A grant that another instance consumed wakes nobody here;
 * waiters look again by themselves.
 */
@ApplicationScoped
class GrantSignals {
  private final Map<KeyId, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>();

  /** Completes at the next grant of this key; ask before looking, so that none is missed. */
  CompletableFuture<Void> next(KeyId key) {
    return waiting.computeIfAbsent(key, unknown -> new CompletableFuture<>());
  }

  void granted(KeyId key) {
    CompletableFuture<Void> woken = waiting.remove(key);
    if (woken != null) {
      woken.complete(null);
    }
  }

  /** Nobody waits any more. */
  void forget(KeyId key, CompletableFuture<Void> signal) {
    waiting.remove(key, signal);
  }
}
