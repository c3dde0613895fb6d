package io.drover.driver.nativeform;

/** Reads one {@code -device}; what it does not take of the values is told as unknown. */
@FunctionalInterface
interface DeviceReader {
  void read(NativeDraft draft, String driver, Values values);
}
