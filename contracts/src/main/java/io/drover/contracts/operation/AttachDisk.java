package io.drover.contracts.operation;

import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.TenantPolicy;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.error.Problem;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Attaches a disk.
 *
 * @param disk libvirt's {@code <disk>}; as text in JSON
 * @param applies {@link Applies#LIVE} when it is null
 */
@JsonTypeName("attach-disk")
public record AttachDisk(
    @JsonSerialize(using = DiskText.Writer.class) @JsonDeserialize(using = DiskText.Reader.class)
        Disk disk,
    @Nullable Applies applies)
    implements LiveOperation<DiskAttached> {
  public AttachDisk {
    DiskTargets.require("disk", disk);
    applies = applies == null ? Applies.LIVE : applies;
  }

  @Override
  public JobClass jobClass() {
    return JobClass.MODIFY;
  }

  @Override
  public Class<DiskAttached> resultType() {
    return DiskAttached.class;
  }

  @Override
  public Set<String> volumes() {
    return DiskTargets.volumes(disk);
  }

  @Override
  public DomainDefinition changed(DomainDefinition definition) {
    return DiskTargets.added(definition, disk);
  }

  @Override
  public DiskAttached changedConfig() {
    return new DiskAttached(disk.target().dev(), "");
  }

  @Override
  public AttachDisk live() {
    return new AttachDisk(disk, Applies.LIVE);
  }

  @Override
  public AttachDisk withDisks(UnaryOperator<Disk> resolve) {
    return new AttachDisk(resolve.apply(disk), applies);
  }

  @Override
  public List<Problem.Fault> beyondTenants() {
    return TenantPolicy.check("/disk", disk);
  }
}
