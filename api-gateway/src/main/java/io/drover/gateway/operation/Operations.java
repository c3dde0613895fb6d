package io.drover.gateway.operation;

import io.drover.contracts.id.OperationId;
import io.drover.contracts.id.ProjectId;
import io.drover.gateway.operation.model.LivePart;
import io.drover.gateway.operation.model.Operation;
import io.drover.gateway.operation.model.OperationOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The stored operations. Every call belongs to the transaction at hand. */
public interface Operations {
  Optional<Operation> find(ProjectId project, OperationId id);

  /** In any project. */
  Optional<Operation> find(OperationId id);

  /** Newest first, after this position; of this subject only, unless it is empty. */
  List<Operation> page(
      ProjectId project, Optional<UUID> subject, Optional<OperationPosition> after, int limit);

  /** Those of this subject that are not finished, oldest first. */
  List<Operation> open(UUID subject);

  /**
   * @param growthBytes by how much it makes a volume grow; counted until it has ended
   */
  void add(Operation operation, long growthBytes);

  /** Adds a step, once; false when the operation does not exist or has the step. */
  boolean addStep(OperationId id, Operation.Step step);

  /** Ends the operation unless it has ended; false if it had, or does not exist. */
  boolean finish(OperationId id, OperationOutcome outcome, Instant at);

  /** Those that are open past their deadline, the oldest deadlines first. */
  List<Operation> overdue(Instant now, int limit);

  /** Deletes those that have ended longer ago than this, with their steps; how many. */
  int forget(Instant endedBefore, int limit);

  /** Deletes those that have ended, beyond so many of the latest of each project; how many. */
  int forgetBeyond(int kept, int limit);

  /** How far an operation on a running domain is; nothing for one that has ended. */
  void progress(OperationId id, LivePart.Progress progress);
}
