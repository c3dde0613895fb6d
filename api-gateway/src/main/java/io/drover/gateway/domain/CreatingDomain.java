package io.drover.gateway.domain;

import io.drover.contracts.command.VolumeAttachment;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.event.OperationKind;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.IdSource;
import io.drover.contracts.id.ProjectId;
import io.drover.gateway.domain.model.Desired;
import io.drover.gateway.domain.model.DomainConditions;
import io.drover.gateway.domain.model.TenantDomain;
import io.drover.gateway.operation.model.Operation;
import io.drover.gateway.quota.ReservingQuota;
import io.drover.gateway.quota.model.QuotaAmounts;
import io.drover.gateway.request.Mutation;
import io.drover.gateway.request.ResourceNames;
import io.drover.gateway.volume.Volumes;
import io.drover.gateway.volume.model.Volume;
import io.drover.gateway.volume.model.VolumePhase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Takes a definition in, and asks for its start. */
@ApplicationScoped
class CreatingDomain {
  private final Definitions definitions;
  private final Domains domains;
  private final Volumes volumes;
  private final StartingDomain starting;
  private final ReservingQuota quota;
  private final DomainStatePublisher publishing;
  private final IdSource ids;

  CreatingDomain(
      Definitions definitions,
      Domains domains,
      Volumes volumes,
      StartingDomain starting,
      ReservingQuota quota,
      DomainStatePublisher publishing,
      IdSource ids) {
    this.definitions = definitions;
    this.domains = domains;
    this.volumes = volumes;
    this.starting = starting;
    this.quota = quota;
    this.publishing = publishing;
    this.ids = ids;
  }

  /** A definition with the id that it would get. */
  record Draft(DomainId id, Definitions.Definition definition, boolean operator) {}

  /** Reads and checks the definition; outside of any transaction, because it may be hostile. */
  Draft draft(byte[] body, boolean xml, boolean operator) {
    DomainId id = new DomainId(ids.next());
    return new Draft(id, definitions.read(body, xml, operator, id), operator);
  }

  /** Fails with all that is wrong with a definition, what a host would refuse included. */
  void validate(byte[] body, boolean xml, boolean operator) {
    definitions.validate(body, xml, operator);
  }

  /** Checks what only the stored things can tell, and gives the volumes. */
  List<VolumeAttachment> check(ProjectId project, Draft draft) {
    String name = ResourceNames.plain("domain", draft.definition().name());
    if (domains.find(project, name).isPresent()) {
      throw ResourceNames.taken("domain", name);
    }
    return attachments(project, draft.definition().volumes());
  }

  /** Stores the domain, to be started another time; within the caller's transaction. */
  TenantDomain define(ProjectId project, Draft draft, Instant now) {
    TenantDomain domain = store(project, draft, Desired.STOPPED, now);
    publishing.publish(domain);
    return domain;
  }

  /** Stores the domain and asks for its start; within the caller's transaction. */
  Operation create(ProjectId project, Draft draft, Mutation mutation) {
    TenantDomain domain = store(project, draft, Desired.RUNNING, mutation.startedAt());
    Operation operation = starting.request(domain, OperationKind.CREATE_DOMAIN, mutation);
    publishing.publish(domain); // after the command, which somebody waits for
    return operation;
  }

  private TenantDomain store(ProjectId project, Draft draft, Desired desired, Instant now) {
    Definitions.Definition definition = draft.definition();
    List<VolumeAttachment> attachments = check(project, draft);
    quota.reserve(
        project,
        QuotaAmounts.ofDomain(definition.resources().vcpus(), definition.resources().memoryMib()));
    TenantDomain domain =
        new TenantDomain(
            draft.id(),
            project,
            definition.name(),
            definition.xml(),
            null,
            definition.resources(),
            attachments,
            draft.operator(),
            DomainConditions.defined(desired),
            now,
            0);
    domains.add(domain);
    volumes.attach(domain.volumes().stream().map(VolumeAttachment::volumeId).toList(), domain.id());
    return domain;
  }

  private List<VolumeAttachment> attachments(ProjectId project, List<String> names) {
    Map<String, Volume> found =
        volumes.lock(project, names).stream()
            .collect(Collectors.toMap(Volume::name, Function.identity()));
    List<VolumeAttachment> attachments = new ArrayList<>();
    for (String name : names) {
      Volume volume = found.get(name);
      if (volume == null) {
        throw ResourceNames.missing("volume", name);
      }
      if (volume.attachedTo() != null) {
        throw new ProblemException(
            ErrorCode.IN_USE,
            "The volume \"" + name + "\" belongs to the domain " + volume.attachedTo() + ".");
      }
      if (volume.phase() == VolumePhase.DELETING) {
        throw new ProblemException(
            ErrorCode.INVALID_STATE,
            "The volume \"" + name + "\" is being deleted; name another one.");
      }
      if (volume.phase() == VolumePhase.FAILED) {
        throw new ProblemException(
            ErrorCode.INVALID_STATE,
            "The volume \"" + name + "\" could not be made; delete it and make another.");
      }
      attachments.add(new VolumeAttachment(volume.id(), name, volume.keyId()));
    }
    return attachments;
  }
}
