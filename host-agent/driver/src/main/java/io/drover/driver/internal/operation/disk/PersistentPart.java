package io.drover.driver.internal.operation.disk;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.operation.Applies;
import io.drover.driver.internal.operation.RunningGuest;
import org.jspecify.annotations.Nullable;

/** Whether a domain has a persistent definition that an operation can change. */
final class PersistentPart {
  private PersistentPart() {}

  /** Refuses what needs a persistent definition of a domain that has none. */
  static void require(RunningGuest guest, @Nullable Applies applies) {
    if (applies != null && applies.config()) {
      throw new ProblemException(
          ErrorCode.INVALID_STATE,
          "Domain "
              + guest.name()
              + " is transient and has no persistent definition to change; use LIVE alone.");
    }
  }
}
