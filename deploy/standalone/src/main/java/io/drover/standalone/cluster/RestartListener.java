package io.drover.standalone.cluster;

import java.nio.file.Path;
import java.time.Duration;

/** Is told what {@link Supervision} does; called from one thread a part, so from several. */
public interface RestartListener {
  /**
   * A part exited and will be started again.
   *
   * @param status of its process; 128 and the signal's number when a signal ended it
   * @param pause until it is started again
   */
  void exited(String part, int status, Duration pause, Path log);

  /** A part is ready again. */
  void restarted(String part, Duration took);

  /**
   * A part did not become ready; if its process exited, {@link #exited} follows.
   *
   * @param cause one sentence
   */
  void notReady(String part, String cause);
}
