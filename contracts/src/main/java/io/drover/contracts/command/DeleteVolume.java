package io.drover.contracts.command;

/** Removes the volume's content from the host that keeps it. */
public record DeleteVolume(CommandHeader header) implements SchedulerCommand, HostCommand {
  @Override
  public DeleteVolume withHeader(CommandHeader addressed) {
    return new DeleteVolume(addressed);
  }
}
