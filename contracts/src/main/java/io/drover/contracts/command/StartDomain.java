package io.drover.contracts.command;

import java.util.List;

/**
 * Starts the domain on this host.
 *
 * @param definition libvirt domain XML; its volumes are resolved by the host
 */
public record StartDomain(
    CommandHeader header, String name, String definition, List<VolumeAttachment> volumes)
    implements HostCommand {
  public StartDomain {
    volumes = List.copyOf(volumes);
  }

  @Override
  public StartDomain withHeader(CommandHeader addressed) {
    return new StartDomain(addressed, name, definition, volumes);
  }
}
