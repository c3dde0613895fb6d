package io.drover.gateway.volume;

import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.id.VolumeId;
import io.drover.gateway.volume.model.Volume;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The stored volumes. Every call belongs to the transaction at hand. */
public interface Volumes {
  /** By id or by name. */
  Optional<Volume> find(ProjectId project, String reference);

  /** By id or by name, locked until the transaction ends. */
  Optional<Volume> lock(ProjectId project, String reference);

  /** By id, in any project, locked until the transaction ends. */
  Optional<Volume> lock(VolumeId id);

  /** Those of these names, locked in the order of their names. */
  List<Volume> lock(ProjectId project, Collection<String> names);

  /** In the order of their names, after this one. */
  List<Volume> page(ProjectId project, Optional<String> after, int limit);

  void add(Volume volume);

  void save(Volume volume);

  void remove(VolumeId id);

  /** These volumes belong to this domain from now on. */
  void attach(Collection<VolumeId> volumes, DomainId domain);

  /** Those that belong to the domain, locked in the order of their names. */
  List<Volume> attachedTo(DomainId domain);

  /** These volumes belong to no domain from now on. */
  void detach(Collection<VolumeId> volumes);

  /** The volume has this size, in bytes. */
  void resize(VolumeId id, long sizeBytes);

  /** The domain lets its volumes go. */
  void detach(DomainId domain);
}
