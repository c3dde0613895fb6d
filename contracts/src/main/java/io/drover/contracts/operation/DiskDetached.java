package io.drover.contracts.operation;

import com.fasterxml.jackson.annotation.JsonTypeName;

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
}
