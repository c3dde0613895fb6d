package io.drover.definition.fromargv.draft;

import io.drover.definition.fromargv.line.Values;

/** Reads one {@code -device}; what it does not take of the values is told as unknown. */
@FunctionalInterface
public interface DeviceReader {
  void read(ParsedCommandLine draft, String driver, Values values);
}
