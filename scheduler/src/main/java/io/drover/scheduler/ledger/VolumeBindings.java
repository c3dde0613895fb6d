package io.drover.scheduler.ledger;

import io.drover.contracts.id.HostId;
import io.drover.scheduler.ledger.model.Host;
import io.drover.scheduler.ledger.model.VolumeBinding;
import io.drover.scheduler.ledger.model.VolumeDemand;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Which host keeps which volume. The sum of the capacities of a host's volumes and its claimed
 * bytes never differ.
 */
public interface VolumeBindings {
  /**
   * Binds, in one statement, the volume to the first of the hosts that still reports, is still
   * enabled and still has room for it; the subject's generation becomes that of the binding.
   *
   * @return the host with the volume counted in; empty when none of them can be had any more
   */
  Optional<Host> bind(VolumeDemand request);

  Optional<VolumeBinding> find(UUID volumeId);

  /** The hosts of those of the volumes that are bound. */
  Map<UUID, HostId> hostsOf(List<UUID> volumeIds);

  /** Takes back a binding that was forgotten; it claims what it says, room or no room. */
  void recalled(VolumeBinding volume);

  void ready(UUID volumeId, long generation);

  /**
   * A volume that this host keeps has grown, and claims so much more of its disk, room or no room;
   * nothing changes for one that is elsewhere or has that size.
   */
  void grown(UUID volumeId, HostId host, long sizeBytes);

  /** The volume is nowhere any more, and what it has claimed of its host's disk is free. */
  void unbind(UUID volumeId);
}
