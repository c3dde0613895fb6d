package io.drover.gateway.volume;

import io.drover.contracts.command.ImageSource;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.ImageId;
import io.drover.contracts.id.ProjectId;
import io.drover.gateway.image.Image;
import io.drover.gateway.image.Images;
import io.drover.gateway.request.ResourceNames;
import io.drover.gateway.volume.model.Volume;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the request for a volume names: its image, and what it is to be near. */
@ApplicationScoped
class VolumeReferences {
  private final Images images;
  private final Volumes volumes;
  private final DomainDirectory domains;

  VolumeReferences(Images images, Volumes volumes, DomainDirectory domains) {
    this.images = images;
    this.volumes = volumes;
    this.domains = domains;
  }

  /** The image with the content that the volume starts from. */
  ImageSource image(ImageId id) {
    Image image = images.find(id).orElseThrow(() -> ResourceNames.missing("image", id.toString()));
    Long size = image.sizeBytes();
    String sha256 = image.sha256();
    if (size == null || sha256 == null) {
      throw new ProblemException(
          ErrorCode.INVALID_STATE,
          "The image \"" + image.name() + "\" has no content yet; upload it first.");
    }
    return new ImageSource(id, image.format(), size, sha256);
  }

  /**
   * The volume or domain on whose host a new volume is to be; empty for any host, as for a domain
   * that nothing binds to one yet.
   *
   * @param volume id or name of a volume
   * @param domain id or name of a domain
   */
  Optional<UUID> near(ProjectId project, @Nullable String volume, @Nullable String domain) {
    if (volume != null && domain != null) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST,
          "nearVolume and nearDomain exclude each other; give the one that matters.");
    }
    if (volume != null) {
      return Optional.of(nearVolume(project, volume));
    }
    return domain == null ? Optional.empty() : nearDomain(project, domain);
  }

  private UUID nearVolume(ProjectId project, String reference) {
    Volume near =
        volumes
            .find(project, reference)
            .orElseThrow(() -> ResourceNames.missing("volume", reference));
    if (near.state().host() == null) {
      throw new ProblemException(
          ErrorCode.INVALID_STATE,
          "The volume \""
              + near.name()
              + "\" is on no host; wait for its operation, or leave out nearVolume.");
    }
    return near.id().value();
  }

  private Optional<UUID> nearDomain(ProjectId project, String reference) {
    DomainDirectory.KnownDomain domain =
        domains
            .find(project, reference)
            .orElseThrow(() -> ResourceNames.missing("domain", reference));
    return volumes.attachedTo(domain.id()).stream()
        .filter(volume -> volume.state().host() != null)
        .map(volume -> volume.id().value())
        .findFirst()
        .or(() -> domain.placed() ? Optional.of(domain.id().value()) : Optional.empty());
  }
}
