package io.drover.contracts.operation;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.drover.contracts.definition.DomainDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Detaches a disk. A guest may take its time to let go of one, or refuse: {@link DiskDetached} says
 * how it ended.
 *
 * @param target the disk's name, as in {@code vdb}
 * @param applies {@link Applies#LIVE} when it is null
 */
@JsonTypeName("detach-disk")
public record DetachDisk(String target, @Nullable Applies applies)
    implements LiveOperation<DiskDetached> {
  public DetachDisk {
    DiskTargets.require("target", target);
    applies = applies == null ? Applies.LIVE : applies;
  }

  @Override
  public JobClass jobClass() {
    return JobClass.MODIFY;
  }

  @Override
  public Class<DiskDetached> resultType() {
    return DiskDetached.class;
  }

  @Override
  public DomainDefinition changed(DomainDefinition definition) {
    return DiskTargets.removed(definition, target);
  }

  @Override
  public DiskDetached changedConfig() {
    return new DiskDetached(target, DiskDetached.Outcome.REMOVED);
  }

  @Override
  public DetachDisk live() {
    return new DetachDisk(target, Applies.LIVE);
  }
}
