package io.drover.agent.volume;

import io.drover.contracts.id.VolumeId;

/** Knows which volumes a running domain has open. */
@FunctionalInterface
public interface VolumeUse {
  /** The claim of a removal; no domain can take the volume until it is closed. */
  interface Removal extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Claims the volume for its removal.
   *
   * @throws io.drover.contracts.error.ProblemException {@code IN_USE} when a domain has it open, or
   *     another removal claims it
   */
  Removal claimForRemoval(VolumeId volume);
}
