package io.drover.contracts.definition;

import io.drover.contracts.definition.xml.SourceLocations;
import io.drover.contracts.error.Problem;
import java.util.List;

/**
 * A definition as far as its document could be read.
 *
 * @param definition what was read, as if all that is wrong were not there
 * @param faults what is wrong in the document, in its order; empty for a document without faults
 * @param places where the document's elements are
 */
public record ParseResult(
    DomainDefinition definition, List<Problem.Fault> faults, SourceLocations places) {
  public ParseResult {
    faults = List.copyOf(faults);
  }
}
