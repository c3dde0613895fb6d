package io.drover.gateway.volume.model;

/** The last stable state of a volume; moved by events, and by the request for its deletion. */
public enum VolumePhase {
  /** Accepted; no host keeps it yet. */
  REQUESTED,
  /** A host was chosen and makes the content. */
  PLACED,
  /** The content exists. */
  READY,
  /** It could not be made; nothing of it is left. */
  FAILED,
  /** Its deletion was asked for; no domain can take it. */
  DELETING,
  /** It is gone. */
  DELETED;

  /** Whether an event may move a volume from this phase to that one. */
  public boolean canBecome(VolumePhase next) {
    return switch (this) {
      case REQUESTED, PLACED -> next != REQUESTED && next != DELETING;
      case READY, FAILED, DELETING -> next == DELETED;
      case DELETED -> false;
    };
  }
}
