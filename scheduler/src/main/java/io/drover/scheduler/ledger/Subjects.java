package io.drover.scheduler.ledger;

import io.drover.contracts.id.ProjectId;
import io.drover.scheduler.ledger.model.Subject;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Domains and volumes. A locked subject is this transaction's alone until it ends. */
public interface Subjects {
  /** Locks the subject, which is new when it was not known. */
  Subject lock(UUID id, Subject.Kind kind, ProjectId projectId);

  /** Locks the subject if it is known. */
  Optional<Subject> lockKnown(UUID id);

  /** The subject as it is, not locked. */
  Optional<Subject> find(UUID id);

  /** No placement of this subject gets this generation, or an earlier one. */
  void seen(UUID id, long generation);

  /** What runs of this generation or of an older one is given up: it is ended where it shows. */
  void fence(UUID id, long generation);

  void deleted(UUID id, Instant at);

  /**
   * Forgets those deleted before this instant, except where their host may still show them: one
   * that has not reported since and was not removed.
   */
  int forgetDeleted(Instant before);
}
