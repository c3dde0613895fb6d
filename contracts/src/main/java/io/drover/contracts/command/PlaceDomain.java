package io.drover.contracts.command;

import io.drover.contracts.requirement.Requirements;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a host that can run the domain, a claim on it, and its start there.
 *
 * @param definition the definition as libvirt domain XML, already checked by the gateway
 * @param requirements what the definition requires of the host. A command of a gateway that is
 *     older than this member has none; only the accelerator is then known
 */
public record PlaceDomain(
    CommandHeader header,
    String name,
    String definition,
    Resources resources,
    List<VolumeAttachment> volumes,
    @Nullable Requirements requirements)
    implements SchedulerCommand {
  public PlaceDomain {
    volumes = List.copyOf(volumes);
    if (requirements == null) {
      requirements = Requirements.ofOlder(definition);
    }
  }

  /** What the definition requires of the host; never null, whatever the message had. */
  @Override
  public Requirements requirements() {
    return requirements == null ? Requirements.ofOlder(definition) : requirements;
  }
}
