package io.drover.scheduler.ledger;

import io.drover.contracts.id.HostId;
import io.drover.scheduler.ledger.model.VolumeBinding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Which host keeps which volume. */
public interface VolumeBindings {
  void bind(VolumeBinding volume);

  Optional<VolumeBinding> find(UUID volumeId);

  /** The hosts of those of the volumes that are bound. */
  Map<UUID, HostId> hostsOf(List<UUID> volumeIds);

  void ready(UUID volumeId, long generation);

  void unbind(UUID volumeId);
}
