package io.drover.scheduler.ledger.model;

import io.drover.contracts.id.CommandId;
import io.drover.contracts.id.HostId;
import java.util.UUID;

/** A volume stays on its host: a domain goes where its volumes are. */
public record VolumeBinding(
    UUID volumeId,
    HostId hostId,
    long generation,
    long sizeBytes,
    State state,
    CommandId createCommand) {

  /** Whether the content exists. */
  public enum State {
    CREATING,
    READY
  }
}
