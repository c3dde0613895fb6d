package io.drover.gateway.domain;

import io.drover.contracts.command.Resources;
import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.definition.TenantPolicy;
import io.drover.contracts.id.VolumeId;
import io.drover.contracts.operation.DiskResized;
import io.drover.contracts.operation.LiveOperation;
import io.drover.contracts.operation.LiveResult;
import io.drover.gateway.domain.model.DefinitionPair;
import io.drover.gateway.domain.model.TenantDomain;
import io.drover.gateway.volume.Volumes;
import io.drover.gateway.volume.model.Volume;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Makes what is stored of a domain follow an operation that has succeeded. */
@ApplicationScoped
class RedefiningDomain {
  private final Domains domains;
  private final DomainVolumes attached;
  private final Volumes volumes;

  RedefiningDomain(Domains domains, DomainVolumes attached, Volumes volumes) {
    this.domains = domains;
    this.attached = attached;
    this.volumes = volumes;
  }

  /**
   * Changes both definitions, or what of them there still is; within the caller's transaction, with
   * the domain locked.
   *
   * @param runs whether the run that was changed is the present one
   */
  TenantDomain follow(
      TenantDomain domain, LiveOperation<?> operation, LiveResult result, boolean runs) {
    if (result instanceof DiskResized resized) {
      resize(domain, resized, runs);
    }
    DefinitionPair before = domain.definitions();
    DefinitionPair after = runs ? before.after(operation) : before.configAfter(operation);
    return after.equals(before) ? domain : domains.save(redefined(domain, after));
  }

  /**
   * The same for what nobody waited for any more: a definition that has it already, or has changed
   * since, stays as it is.
   */
  TenantDomain followLate(TenantDomain domain, LiveOperation<?> operation) {
    DefinitionPair before = domain.definitions();
    DefinitionPair after = before.afterLate(operation);
    return after.equals(before) ? domain : domains.save(redefined(domain, after));
  }

  private TenantDomain redefined(TenantDomain domain, DefinitionPair after) {
    DomainDefinition config = DomainXml.read(after.config());
    return domain.withDefinitions(
        after,
        new Resources(config.vcpuCount(), config.memoryMib()),
        attached.attachments(domain.projectId(), config.volumes(TenantPolicy.POOL)),
        // The operation was checked against the limits of whoever has asked for it.
        !TenantPolicy.check(config).isEmpty());
  }

  private void resize(TenantDomain domain, DiskResized resized, boolean runs) {
    changed(domain, resized, runs)
        .filter(volume -> volume.sizeBytes() < resized.sizeBytes())
        .ifPresent(volume -> volumes.resize(volume.id(), resized.sizeBytes()));
  }

  /** Which volume it is, the host says; where it does not, the present run's definition. */
  private Optional<Volume> changed(TenantDomain domain, DiskResized resized, boolean runs) {
    VolumeId named = resized.volumeId();
    if (named != null) {
      return volumes.lock(named).filter(volume -> volume.projectId().equals(domain.projectId()));
    }
    return runs ? attached.behind(domain, resized.target()) : Optional.empty();
  }
}
