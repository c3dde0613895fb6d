package io.drover.standalone.cluster;

import java.time.Duration;

/** Hears how the start goes; called from several threads. */
public interface StartProgress {
  /** Hears nothing. */
  StartProgress SILENT = (part, took) -> {};

  /** The part answers, this long after the suite's start began. */
  void ready(String part, Duration took);

  /** Something that a person may want to know of how this machine is used. */
  default void note(String text) {}
}
