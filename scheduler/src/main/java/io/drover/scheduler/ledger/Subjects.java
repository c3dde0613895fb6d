package io.drover.scheduler.ledger;

import io.drover.contracts.id.ProjectId;
import io.drover.scheduler.ledger.model.Subject;
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

  void deleted(UUID id);
}
