package io.drover.agent.volume;

import io.drover.contracts.id.VolumeId;

/** Knows which volumes a running domain has open. */
@FunctionalInterface
public interface VolumeUse {
  /** Whether a running guest has the volume open; then it must not be removed. */
  boolean isInUse(VolumeId volume);
}
