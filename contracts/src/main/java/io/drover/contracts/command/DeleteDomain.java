package io.drover.contracts.command;

import org.jspecify.annotations.Nullable;

/**
 * Removes what the host keeps of a stopped domain; destroys it first if it runs.
 *
 * @param forcedBecause why the domain is deleted whether its host carries that out or not; its
 *     claim ends at once, and a host that shows it later ends it. Null for a deletion that its host
 *     carries out
 */
public record DeleteDomain(CommandHeader header, @Nullable String forcedBecause)
    implements SchedulerCommand, HostCommand {
  public DeleteDomain(CommandHeader header) {
    this(header, null);
  }

  @Override
  public DeleteDomain withHeader(CommandHeader addressed) {
    return new DeleteDomain(addressed, forcedBecause);
  }
}
