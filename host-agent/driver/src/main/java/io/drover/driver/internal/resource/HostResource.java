package io.drover.driver.internal.resource;

import java.util.function.Consumer;

/**
 * One kind of thing that domains hold on the host. Calls for one domain come one after another,
 * those for several domains at the same time. A failure is a {@link RuntimeException}; the journal
 * keeps the record then, and the next driver releases it.
 *
 * @param <P> its part of a start's plan
 * @param <R> what the journal keeps of it
 */
public interface HostResource<P extends ResourcePlan, R extends ResourceRecord> {
  Class<P> planType();

  ResourceKind<R> kind();

  /** Whether planning has acquired it already, so that every failure from there on releases it. */
  default boolean acquiredByPlanning() {
    return false;
  }

  /**
   * The record of what {@link #acquire} is going to do. Checks that it may, and changes nothing:
   * the record is journalled first.
   */
  R prepare(P plan);

  /** Acquires it for a QEMU that is about to be started. */
  void acquire(P plan, R held);

  /** Undoes an {@link #acquire} that failed half way. */
  default void undo(R held) {
    release(held);
  }

  /** Releases it, whichever driver has acquired it, and as far as it was; absent is fine. */
  void release(R held);

  /** A driver before this one has acquired it, and the domain's QEMU still runs. */
  default void reattach(R held) {}

  /**
   * The domain's QEMU runs.
   *
   * @param onLoss gets what was lost when a part ends before QEMU; called on any thread, which it
   *     must not block
   */
  default void watch(R held, Consumer<String> onLoss) {}
}
