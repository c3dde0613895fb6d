package io.drover.contracts.operation;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import org.jspecify.annotations.Nullable;

/**
 * How the detaching of a disk ended.
 *
 * @param target the disk's name
 */
@JsonTypeName("disk-detached")
public record DiskDetached(String target, Outcome outcome) implements LiveResult {
  /** How it ended. */
  public enum Outcome {
    /** The disk is gone from the domain, or from its next start when only that was asked for. */
    REMOVED,
    /** The guest has refused, or QEMU in its name; the disk is still attached. */
    REFUSED,
    /** The guest has not let go of it in time; the disk is still attached. */
    TIMED_OUT
  }

  @Override
  public @Nullable Problem refusal() {
    return switch (outcome) {
      case REMOVED -> null;
      case REFUSED ->
          Problem.of(
              ErrorCode.QEMU_REFUSED,
              "The guest has refused to release the disk "
                  + target
                  + ", which is still attached; unmount it in the guest and detach it again.");
      case TIMED_OUT ->
          Problem.of(
              ErrorCode.TIMED_OUT,
              "The guest has not released the disk "
                  + target
                  + " in time, so it is still attached; see that the guest runs, and detach it"
                  + " again.");
    };
  }
}
