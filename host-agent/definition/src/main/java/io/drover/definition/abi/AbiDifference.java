package io.drover.definition.abi;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;

/**
 * Where a guest would notice that it runs by another definition.
 *
 * @param path the element or attribute, as in {@code /domain/devices/disk[2]/target/@bus}
 * @param source what the guest has; {@code nothing} when it has no such thing
 * @param target what it would get
 */
public record AbiDifference(String path, String source, String target) {
  /** As a fault of the definition that it would get. */
  public Problem.Fault fault() {
    return new Problem.Fault(ErrorCode.INVALID_DEFINITION, path, 0, 0, detail());
  }

  /** A sentence with both values. */
  public String detail() {
    return "The guest has " + shown(source) + " here and would get " + shown(target) + ".";
  }

  private static String shown(String value) {
    return value.equals(NOTHING) ? NOTHING : "'" + value + "'";
  }

  static final String NOTHING = "nothing";
}
