package io.drover.driver.nativeform;

/** Reads one option; what it does not take of the values is told as unknown. */
@FunctionalInterface
interface OptionReader {
  void read(NativeDraft draft, Values values);
}
