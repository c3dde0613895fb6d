package io.drover.contracts.command;

/** Any command. The trace context travels in the record's headers, not here. */
public sealed interface Command permits SchedulerCommand, HostCommand {
  CommandHeader header();
}
