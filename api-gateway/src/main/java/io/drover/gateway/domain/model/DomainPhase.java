package io.drover.gateway.domain.model;

import java.util.EnumSet;
import java.util.Set;

/** The last stable state of a domain; moved by events only. */
public enum DomainPhase {
  /** Kept, and never started. */
  DEFINED,
  /** A host was claimed and starts it. */
  PLACED,
  /** Its virtual CPUs were started, and it has not stopped since. */
  RUNNING,
  /** It ran, and nothing of it runs now. */
  STOPPED,
  /** Its last start failed; nothing of it runs. */
  FAILED,
  /** Nothing of it is left. */
  DELETED;

  private static final Set<DomainPhase> AT_REST = EnumSet.of(DEFINED, STOPPED, FAILED);

  /** Whether an event may move a domain from this phase to that one. */
  public boolean canBecome(DomainPhase next) {
    return switch (this) {
      case DEFINED, STOPPED, FAILED -> EnumSet.of(PLACED, RUNNING, FAILED, DELETED).contains(next);
      case PLACED -> EnumSet.of(PLACED, RUNNING, STOPPED, FAILED, DELETED).contains(next);
      case RUNNING -> EnumSet.of(STOPPED, FAILED, DELETED).contains(next);
      case DELETED -> false;
    };
  }

  /** Whether nothing of the domain runs, so that it may be started. */
  public boolean atRest() {
    return AT_REST.contains(this);
  }
}
