package io.drover.driver.internal.journal;

import io.drover.contracts.id.DomainId;

/**
 * Sees each change of a journal, and of the persistent definitions beside it; called on the thread
 * that makes it.
 */
public interface JournalObserver {
  /** The domain's entry is about to be written or removed. */
  default void changing(DomainId id) {}

  /** The domain's entry was written or removed; it outlives this process. */
  default void changed(DomainId id) {}

  /** The domain's persistent definition is about to be written. */
  default void defining(DomainId id) {}

  /** The domain's persistent definition was written; it outlives this process. */
  default void defined(DomainId id) {}

  /** Does nothing. */
  static JournalObserver none() {
    return new JournalObserver() {};
  }
}
