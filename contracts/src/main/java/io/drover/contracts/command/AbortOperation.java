package io.drover.contracts.command;

import io.drover.contracts.id.OperationId;

/** Ends a long operation on the running domain; the operation itself then ends as failed. */
public record AbortOperation(CommandHeader header, OperationId aborted)
    implements SchedulerCommand, HostCommand {
  /** What the events that end it call it. */
  public static final String NAME = "abort";

  @Override
  public AbortOperation withHeader(CommandHeader addressed) {
    return new AbortOperation(addressed, aborted);
  }
}
