package io.drover.standalone.cluster;

import java.time.Duration;

/** Hears how the start goes; called from several threads. */
public interface Progress {
  /** Hears nothing. */
  Progress SILENT = (part, took) -> {};

  /** The part answers, this long after the suite's start began. */
  void ready(String part, Duration took);
}
