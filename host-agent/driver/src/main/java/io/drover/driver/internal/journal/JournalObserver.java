package io.drover.driver.internal.journal;

import io.drover.contracts.id.DomainId;

/** Sees each change of a journal; called on the thread that makes it. */
public interface JournalObserver {
  /** The domain's entry is about to be written or removed. */
  default void changing(DomainId id) {}

  /** The domain's entry was written or removed; it outlives this process. */
  default void changed(DomainId id) {}

  /** Does nothing. */
  static JournalObserver none() {
    return new JournalObserver() {};
  }
}
