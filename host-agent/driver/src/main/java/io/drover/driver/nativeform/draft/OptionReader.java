package io.drover.driver.nativeform.draft;

import io.drover.driver.nativeform.line.Values;

/** Reads one option; what it does not take of the values is told as unknown. */
@FunctionalInterface
public interface OptionReader {
  void read(NativeDraft draft, Values values);
}
