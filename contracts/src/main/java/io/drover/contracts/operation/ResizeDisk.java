package io.drover.contracts.operation;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;

/**
 * Grows a disk while the guest uses it. Shrinking is refused by the host, which knows the size.
 *
 * @param target the disk's name, as in {@code vdb}
 * @param sizeBytes the new capacity in bytes, a multiple of 512
 */
@JsonTypeName("blockresize")
public record ResizeDisk(String target, long sizeBytes) implements LiveOperation<DiskResized> {
  private static final int SECTOR = 512;

  public ResizeDisk {
    DiskTargets.require("target", target);
    if (sizeBytes <= 0 || sizeBytes % SECTOR != 0) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST,
          "The size " + sizeBytes + " is not possible; give a positive multiple of 512 bytes.");
    }
  }

  @Override
  public JobClass jobClass() {
    return JobClass.MODIFY;
  }

  @Override
  public Class<DiskResized> resultType() {
    return DiskResized.class;
  }

  /** Only a disk that is there can grow; its size stands in no definition. */
  @Override
  public DomainDefinition changed(DomainDefinition definition) {
    DiskTargets.existing(definition, target);
    return definition;
  }
}
