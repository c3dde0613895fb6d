package io.drover.contracts.command;

/** Removes what the host keeps of a stopped domain; destroys it first if it runs. */
public record DeleteDomain(CommandHeader header) implements SchedulerCommand, HostCommand {
  @Override
  public DeleteDomain withHeader(CommandHeader addressed) {
    return new DeleteDomain(addressed);
  }
}
