package io.drover.contracts.operation;

import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.TenantPolicy;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Copies a disk to another image while the guest writes to it, and then has the guest use the copy;
 * libvirt's {@code blockcopy --pivot}. A long job: it has progress, can be aborted, and goes on
 * after the agent was killed. Until it has ended the domain runs on the old image.
 *
 * @param target the disk's name, as in {@code vda}
 * @param destination a {@code <disk>} whose image is the copy; as text in JSON
 * @param bytesPerSecond a limit of its speed; 0 for none
 */
@JsonTypeName("blockcopy")
public record CopyDisk(
    String target,
    @JsonSerialize(using = DiskText.Writer.class) @JsonDeserialize(using = DiskText.Reader.class)
        Disk destination,
    long bytesPerSecond)
    implements LiveOperation<DiskCopied> {
  public CopyDisk {
    DiskTargets.require("target", target);
    DiskTargets.require("destination", destination);
    if (destination.image() == null) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST, "The destination has no <source>; name the image to copy to.");
    }
    if (bytesPerSecond < 0) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST,
          "The speed " + bytesPerSecond + " is not possible; give bytes a second, 0 for no limit.");
    }
  }

  @Override
  public JobClass jobClass() {
    return JobClass.ASYNC;
  }

  @Override
  public Class<DiskCopied> resultType() {
    return DiskCopied.class;
  }

  @Override
  public Duration deadline() {
    return Duration.ofHours(24);
  }

  @Override
  public Set<JobClass> beside() {
    return Set.of(JobClass.SUSPEND, JobClass.MODIFY);
  }

  @Override
  public Applies applies() {
    return Applies.BOTH;
  }

  @Override
  public Set<String> volumes() {
    return DiskTargets.volumes(destination);
  }

  @Override
  public DomainDefinition changed(DomainDefinition definition) {
    return DiskTargets.replaced(definition, target, destination.image());
  }

  @Override
  public CopyDisk withDisks(UnaryOperator<Disk> resolve) {
    return new CopyDisk(target, resolve.apply(destination), bytesPerSecond);
  }

  @Override
  public List<Problem.Fault> beyondTenants() {
    return TenantPolicy.check("/destination", destination);
  }
}
