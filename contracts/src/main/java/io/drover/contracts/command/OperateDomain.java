package io.drover.contracts.command;

import io.drover.contracts.operation.LiveOperation;
import java.util.List;

/**
 * Carries out an operation on the running domain, on the host that has it.
 *
 * @param volumes those that the operation names, to be resolved by the host
 */
public record OperateDomain(
    CommandHeader header, LiveOperation<?> operation, List<VolumeAttachment> volumes)
    implements SchedulerCommand, HostCommand {
  public OperateDomain {
    volumes = List.copyOf(volumes);
  }

  @Override
  public OperateDomain withHeader(CommandHeader addressed) {
    return new OperateDomain(addressed, operation, volumes);
  }
}
