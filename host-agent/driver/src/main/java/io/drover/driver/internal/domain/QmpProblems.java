package io.drover.driver.internal.domain;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.internal.qmp.QmpException;

/** What a failed QMP command means to the caller of a domain. */
final class QmpProblems {
  private QmpProblems() {}

  static ProblemException of(String domain, QmpException cause) {
    ErrorCode code;
    if (cause instanceof QmpException.Refused) {
      code = ErrorCode.QEMU_REFUSED;
    } else if (cause instanceof QmpException.Disconnected) {
      code = ErrorCode.QEMU_EXITED;
    } else {
      code = ErrorCode.QEMU_UNRESPONSIVE;
    }
    return new ProblemException(code, "Domain " + domain + ": " + cause.getMessage() + ".", cause);
  }
}
