package io.drover.definition.fromargv.line;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;

/** What is said of a command line that cannot be read. */
public final class ArgvRefusal {
  private static final int SHOWN = 200;

  private ArgvRefusal() {}

  public static ProblemException of(String detail) {
    return new ProblemException(ErrorCode.INVALID_REQUEST, detail);
  }

  /** A text that somebody else wrote, of a length that a message can bear. */
  public static String shortened(String text) {
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
  }
}
