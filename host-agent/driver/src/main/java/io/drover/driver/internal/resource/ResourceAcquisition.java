package io.drover.driver.internal.resource;

import java.util.ArrayList;
import java.util.List;

/** The resources of one start, from their preparation to success or undoing. For one thread. */
public final class ResourceAcquisition {
  private final List<ResourceShare<?, ?>> shares;

  ResourceAcquisition(List<? extends ResourceShare<?, ?>> shares) {
    this.shares = List.copyOf(shares);
  }

  /** The records to journal before {@link #acquire}. */
  public List<ResourceRecord> prepare() {
    List<ResourceRecord> records = new ArrayList<>();
    for (ResourceShare<?, ?> share : shares) {
      records.add(share.prepare());
    }
    return records;
  }

  /** Acquires all in order; the first failure ends it, and {@link #undo} releases what there is. */
  public void acquire() {
    shares.forEach(ResourceShare::acquire);
  }

  /**
   * Releases backwards what was acquired, whatever of it fails.
   *
   * @param failure why; gets what cannot be released as suppressed exceptions
   * @return whether nothing is left
   */
  public boolean undo(RuntimeException failure) {
    boolean clean = true;
    for (int i = shares.size() - 1; i >= 0; i--) {
      clean &= ResourceStack.attempt(shares.get(i)::undo, failure::addSuppressed);
    }
    return clean;
  }
}
