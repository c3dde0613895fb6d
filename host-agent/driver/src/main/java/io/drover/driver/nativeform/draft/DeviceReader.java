package io.drover.driver.nativeform.draft;

import io.drover.driver.nativeform.line.Values;

/** Reads one {@code -device}; what it does not take of the values is told as unknown. */
@FunctionalInterface
public interface DeviceReader {
  void read(NativeDraft draft, String driver, Values values);
}
