package io.drover.contracts.command;

import java.util.List;

/**
 * Asks for a host that can run the domain, a claim on it, and its start there.
 *
 * @param definition the definition as libvirt domain XML, already checked by the gateway
 */
public record PlaceDomain(
    CommandHeader header,
    String name,
    String definition,
    Resources resources,
    List<VolumeAttachment> volumes)
    implements SchedulerCommand {
  public PlaceDomain {
    volumes = List.copyOf(volumes);
  }
}
