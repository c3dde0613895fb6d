package io.drover.contracts.command;

/** Stops the domain; the claim ends when the host reports that it has stopped. */
public record StopDomain(CommandHeader header, StopMode mode)
    implements SchedulerCommand, HostCommand {
  @Override
  public StopDomain withHeader(CommandHeader addressed) {
    return new StopDomain(addressed, mode);
  }
}
