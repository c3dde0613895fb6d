package io.drover.gateway.domain;

import io.drover.contracts.command.VolumeAttachment;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.storage.DiskImage;
import io.drover.contracts.definition.storage.DiskSource;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.operation.LiveOperation;
import io.drover.gateway.domain.model.DefinitionPair;
import io.drover.gateway.domain.model.DomainConditions;
import io.drover.gateway.domain.model.TenantDomain;
import io.drover.gateway.operation.Operations;
import io.drover.gateway.operation.model.LivePart;
import io.drover.gateway.request.ResourceNames;
import io.drover.gateway.volume.Volumes;
import io.drover.gateway.volume.model.Volume;
import io.drover.gateway.volume.model.VolumePhase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which volumes belong to a domain: those that either of its definitions names, and those that an
 * operation under way may bring. Every call belongs to the transaction at hand, with the domain
 * locked.
 */
@ApplicationScoped
class DomainVolumes {
  private final Volumes volumes;
  private final Operations operations;

  DomainVolumes(Volumes volumes, Operations operations) {
    this.volumes = volumes;
    this.operations = operations;
  }

  /**
   * Takes the volumes of an operation for the domain, so that nobody else can use or delete them.
   *
   * @param before both definitions once the operations under way have ended
   */
  List<VolumeAttachment> reserve(
      TenantDomain domain, DefinitionPair before, LiveOperation<?> operation) {
    List<VolumeAttachment> attachments = new ArrayList<>();
    Set<String> present = before.volumesBefore(operation);
    Map<String, Volume> found = byName(domain.projectId(), operation.volumes());
    for (String name : operation.volumes().stream().sorted().toList()) {
      Volume volume = found.get(name);
      if (volume == null) {
        throw ResourceNames.missing("volume", name);
      }
      requireFree(domain, volume, present);
      if (operation.applies().live()) {
        requireSameHost(domain, volume);
      }
      attachments.add(attachment(volume));
    }
    volumes.attach(attachments.stream().map(VolumeAttachment::volumeId).toList(), domain.id());
    return attachments;
  }

  private void requireFree(TenantDomain domain, Volume volume, Set<String> present) {
    boolean another = volume.attachedTo() != null && !volume.attachedTo().equals(domain.id());
    if (another || present.contains(volume.name())) {
      throw new ProblemException(
          ErrorCode.IN_USE,
          "The volume \""
              + volume.name()
              + "\" is in use by "
              + (another ? "the domain " + volume.attachedTo() : "this domain")
              + "; detach it there, or name another one.");
    }
    boolean deleted = volume.phase() == VolumePhase.DELETING;
    if (volume.phase() != VolumePhase.READY) {
      throw new ProblemException(
          ErrorCode.INVALID_STATE,
          "The volume \""
              + volume.name()
              + "\" is "
              + (deleted ? "being deleted" : volume.phase())
              + "; name one that is READY.");
    }
  }

  private static void requireSameHost(TenantDomain domain, Volume volume) {
    DomainConditions.AssignedHost runsOn = domain.state().host();
    Volume.Place kept = volume.state().host();
    if (runsOn != null && kept != null && !runsOn.id().equals(kept.id())) {
      throw new ProblemException(
          ErrorCode.INVALID_STATE,
          "The volume \""
              + volume.name()
              + "\" is on the host "
              + kept.name()
              + " and the domain runs on "
              + runsOn.name()
              + "; make a volume on the domain's host.");
    }
  }

  /** The volume, locked, that is the disk of this name of the running domain; empty for others. */
  Optional<Volume> behind(TenantDomain domain, String target) {
    List<String> name =
        DomainXml.read(domain.definitions().live()).devices(Disk.class).stream()
            .filter(disk -> disk.target().dev().equals(target))
            .flatMap(disk -> name(disk).stream())
            .limit(1)
            .toList();
    return volumes.lock(domain.projectId(), name).stream().findFirst();
  }

  private static Optional<String> name(Disk disk) {
    DiskImage image = disk.image();
    return image != null && image.source() instanceof DiskSource.PooledVolume named
        ? Optional.of(named.volume())
        : Optional.empty();
  }

  /** What a definition of the project names. */
  List<VolumeAttachment> attachments(ProjectId project, Collection<String> names) {
    Map<String, Volume> found = byName(project, names);
    return names.stream()
        .map(found::get)
        .filter(Objects::nonNull)
        .map(DomainVolumes::attachment)
        .toList();
  }

  /** The volumes of these names are the domain's, as they were before the database was restored. */
  void take(TenantDomain domain, Collection<String> names) {
    volumes.attach(
        attachments(domain.projectId(), names).stream().map(VolumeAttachment::volumeId).toList(),
        domain.id());
  }

  /** Frees what the domain no longer names and no operation under way may bring. */
  void settle(TenantDomain domain) {
    Set<String> wanted = domain.definitions().volumes();
    operations.open(domain.id().value()).stream()
        .map(open -> open.live())
        .filter(Objects::nonNull)
        .map(LivePart::request)
        .forEach(request -> wanted.addAll(request.volumes()));
    volumes.detach(
        volumes.attachedTo(domain.id()).stream()
            .filter(volume -> !wanted.contains(volume.name()))
            .map(Volume::id)
            .toList());
  }

  private Map<String, Volume> byName(ProjectId project, Collection<String> names) {
    return volumes.lock(project, names).stream()
        .collect(Collectors.toMap(Volume::name, Function.identity()));
  }

  private static VolumeAttachment attachment(Volume volume) {
    return new VolumeAttachment(volume.id(), volume.name(), volume.keyId());
  }
}
