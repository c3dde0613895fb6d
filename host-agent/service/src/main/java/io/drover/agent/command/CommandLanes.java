package io.drover.agent.command;

import io.drover.agent.command.SubjectExecutors.Lane;
import io.drover.contracts.command.AbortOperation;
import io.drover.contracts.command.DeleteDomain;
import io.drover.contracts.command.HostCommand;
import io.drover.contracts.command.StartDomain;
import io.drover.contracts.command.StopDomain;
import io.drover.contracts.command.StopMode;
import io.drover.contracts.operation.JobClass;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Which commands of one subject may pass which. An abort passes all. A destroy passes what is asked
 * of the running domain, and no start or deletion: it would find nothing to end, or end what the
 * deletion ends. Thread-safe.
 */
final class CommandLanes {
  private final Map<UUID, Integer> unpassable = new HashMap<>();

  /** The lane of a command that is about to be queued; {@link #left} has to follow. */
  synchronized Lane enter(HostCommand command) {
    UUID subject = command.header().subject();
    if (isUnpassable(command)) {
      unpassable.merge(subject, 1, Integer::sum);
    }
    if (command instanceof AbortOperation) {
      return new Lane(subject, JobClass.ABORT);
    }
    boolean destroy = command instanceof StopDomain stop && stop.mode() == StopMode.DESTROY;
    return new Lane(
        subject, destroy && !unpassable.containsKey(subject) ? JobClass.DESTROY : JobClass.MODIFY);
  }

  /** The command's handler has returned. */
  synchronized void left(HostCommand command) {
    if (isUnpassable(command)) {
      unpassable.computeIfPresent(
          command.header().subject(), (subject, count) -> count == 1 ? null : count - 1);
    }
  }

  private static boolean isUnpassable(HostCommand command) {
    return command instanceof StartDomain || command instanceof DeleteDomain;
  }
}
