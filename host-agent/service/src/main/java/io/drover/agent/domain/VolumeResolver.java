package io.drover.agent.domain;

import io.drover.agent.volume.VolumeRecord;
import io.drover.agent.volume.VolumeStore;
import io.drover.contracts.command.OperateDomain;
import io.drover.contracts.command.StartDomain;
import io.drover.contracts.command.VolumeAttachment;
import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.definition.TenantPolicy;
import io.drover.contracts.definition.character.CharacterSource;
import io.drover.contracts.definition.common.SecretReference;
import io.drover.contracts.definition.device.CharacterDevice;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.storage.DiskImage;
import io.drover.contracts.definition.storage.DiskSource;
import io.drover.contracts.definition.storage.Encryption;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.KeyId;
import io.drover.contracts.id.VolumeId;
import io.drover.contracts.operation.LiveOperation;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a definition that this host can start: volumes become files of the volumes folder, with the
 * key's id as the secret that opens them, and consoles become sockets of the driver's choosing. A
 * disk can name only the volumes that its command brings, and a tenant only what tenants may name.
 */
final class VolumeResolver {
  private static final String POOL = "drover";
  private static final Set<String> CONSOLES = Set.of("serial", "console");

  private final VolumeStore volumes;

  VolumeResolver(VolumeStore volumes) {
    this.volumes = volumes;
  }

  /**
   * A domain to start.
   *
   * @param isolated whether it must not reach this host's network
   */
  record Start(DomainDefinition definition, boolean isolated) {}

  Start resolve(StartDomain command, DomainId id) {
    DomainDefinition asked = DomainXml.read(command.definition());
    List<Problem.Fault> beyondTenants = TenantPolicy.check(asked);
    TenantLimits.require(command.header(), beyondTenants);
    Map<String, VolumeAttachment> attached = byName(command.volumes());
    return new Start(
        asked
            .withUuid(id.value())
            .withVolumes(POOL, disk -> resolve(disk, attached))
            .withEach(CharacterDevice.class, VolumeResolver::onSocket),
        TenantLimits.isolated(command.header(), beyondTenants));
  }

  /** The disks that an operation brings, as disks that this host can open. */
  LiveOperation<?> resolve(OperateDomain command) {
    TenantLimits.require(command.header(), command.operation().beyondTenants());
    Map<String, VolumeAttachment> attached = byName(command.volumes());
    return command.operation().withDisks(disk -> resolve(disk, attached));
  }

  /** Where the content of a volume is on this host. */
  Path path(VolumeId volume) {
    return volumes.path(volume);
  }

  private static Map<String, VolumeAttachment> byName(List<VolumeAttachment> volumes) {
    Map<String, VolumeAttachment> attached = new HashMap<>();
    volumes.forEach(volume -> attached.put(volume.name(), volume));
    return attached;
  }

  private Disk resolve(Disk disk, Map<String, VolumeAttachment> attached) {
    DiskImage image = disk.image();
    if (image == null
        || !(image.source() instanceof DiskSource.PooledVolume named)
        || !named.pool().equals(POOL)) {
      return disk;
    }
    VolumeAttachment attachment = attached.get(named.volume());
    if (attachment == null) {
      throw new ProblemException(
          ErrorCode.INVALID_DEFINITION,
          "The disk "
              + disk.target().dev()
              + " names the volume "
              + named.volume()
              + ", which its command does not bring; attach it first.");
    }
    VolumeRecord volume =
        volumes
            .find(attachment.volumeId())
            .orElseThrow(
                () ->
                    new ProblemException(
                        ErrorCode.NOT_FOUND,
                        "The volume "
                            + named.volume()
                            + " is not on this host; a domain runs where its volumes are."));
    return disk.withImage(
        image
            .withSource(new DiskSource.File(volumes.path(volume.volumeId()).toString(), null))
            .withFormat(volume.format())
            .withEncryption(encryption(volume.keyId())));
  }

  private static @Nullable Encryption encryption(@Nullable KeyId key) {
    return key == null
        ? null
        : new Encryption("luks", null, List.of(new SecretReference(key.value(), null)));
  }

  /**
   * The driver makes a socket and a log of its own of a pty; what the tenant named is not taken.
   */
  private static CharacterDevice onSocket(CharacterDevice device) {
    return CONSOLES.contains(device.element())
        ? device.withSource(new CharacterSource.Simple("pty"), null)
        : device;
  }
}
