package io.drover.driver.qmp;

/**
 * Hears everything of one connection on its reading thread: it must only enqueue, because replies
 * wait behind it.
 */
public interface QmpSink {
  void event(QmpEvent event);

  /** The connection has ended, by either side; comes once and last. */
  void disconnected();

  /** Hears nothing. */
  static QmpSink none() {
    return new QmpSink() {
      @Override
      public void event(QmpEvent event) {}

      @Override
      public void disconnected() {}
    };
  }
}
