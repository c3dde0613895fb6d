package io.drover.contracts.message;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;

/**
 * A record is refused because of who says it: it has no effect, and fails no operation that it
 * names. Its code is {@code FORBIDDEN}.
 */
public final class UntrustedRecordException extends ProblemException {
  private static final long serialVersionUID = 1L;
  private final Reason reason;

  /** Why a record is not believed. */
  public enum Reason {
    /** It has no signature or seal of the source that it names. */
    SIGNATURE,
    /** The source that it names says nothing of that kind, or not on that topic. */
    SOURCE,
    /** The host that says it has not the claim that it is of. */
    CLAIM
  }

  /**
   * @param detail a sentence that names the record's claim to be believed, and the remedy
   */
  public UntrustedRecordException(Reason reason, String detail) {
    super(ErrorCode.FORBIDDEN, detail);
    this.reason = reason;
  }

  public UntrustedRecordException(Reason reason, String detail, Throwable cause) {
    super(ErrorCode.FORBIDDEN, detail, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
