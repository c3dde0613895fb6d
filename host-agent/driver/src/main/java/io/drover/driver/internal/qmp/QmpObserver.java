package io.drover.driver.internal.qmp;

import java.time.Duration;
import java.time.Instant;

/**
 * Hears everything of one connection on its reading thread: it must only enqueue, because replies
 * wait behind it.
 */
public interface QmpObserver {
  void event(QmpEvent event);

  /** The connection has ended, by either side; comes once and last. */
  void disconnected();

  /** A command was answered that nobody waits for any more: QEMU was slow, and is not gone. */
  default void answeredLate() {}

  /** A command of ours was answered, on the thread that sent it; {@code done} if QEMU took it. */
  default void answered(String command, Instant startedAt, Duration took, boolean done) {}

  /** Hears nothing. */
  static QmpObserver none() {
    return new QmpObserver() {
      @Override
      public void event(QmpEvent event) {}

      @Override
      public void disconnected() {}
    };
  }
}
