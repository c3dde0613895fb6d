package io.drover.definition.fromargv.draft;

import io.drover.definition.fromargv.line.Values;

/** Reads one option; what it does not take of the values is told as unknown. */
@FunctionalInterface
public interface OptionReader {
  void read(ParsedCommandLine draft, Values values);
}
