package io.drover.driver.internal.plan;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.storage.DiskImage;
import io.drover.contracts.definition.storage.DiskSource;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.VolumeSource;
import java.util.Optional;

/** Puts what the volumes of pools are in their place, by libvirt's rules. */
final class PoolVolumes {
  private final VolumeSource pools;

  PoolVolumes(VolumeSource pools) {
    this.pools = pools;
  }

  /** The definition without volumes, which QEMU knows nothing of. */
  DomainDefinition resolve(DomainDefinition definition) {
    return definition.withDevices(
        definition.devices().stream()
            .map(
                device -> {
                  DiskImage image = device instanceof Disk disk ? disk.image() : null;
                  return image != null && device instanceof Disk disk
                      ? resolve(disk, image)
                      : device;
                })
            .toList());
  }

  private Disk resolve(Disk disk, DiskImage image) {
    if (image.source() instanceof DiskSource.PooledVolume volume
        && MissingMedia.maybeLeftOut(disk)
        && pools.find(volume.pool(), volume.volume()).isEmpty()) {
      return disk.withImage(null);
    }
    return disk.withImage(resolve(disk.target().dev(), image));
  }

  DiskImage resolve(String disk, DiskImage image) {
    DiskImage below = image.backing();
    DiskImage whole =
        below == null || below.source() == null ? image : image.withBacking(resolve(disk, below));
    return image.source() instanceof DiskSource.PooledVolume volume
        ? whole.withSource(place(disk, volume, image.options().containsKey("startupPolicy")))
        : whole;
  }

  private DiskSource place(String disk, DiskSource.PooledVolume volume, boolean policy) {
    String at = "/domain/devices/disk '" + disk + "'/source";
    String name = "The volume '" + volume.volume() + "' of the pool '" + volume.pool() + "'";
    Optional<VolumeSource.PoolVolume> found = pools.find(volume.pool(), volume.volume());
    if (found.isEmpty()) {
      throw new ProblemException(
          ErrorCode.HOST_RESOURCE_MISSING, at + ": " + name + " is not on this host.");
    }
    VolumeSource.PoolVolume known = found.get();
    if (volume.mode() != null && known.direct() == null) {
      throw invalid(at + "/@mode: 'mode' is for volumes of iSCSI pools only.");
    }
    boolean direct = "direct".equals(volume.mode()) || known.onHost() == null;
    DiskSource place = direct && !"host".equals(volume.mode()) ? known.direct() : known.onHost();
    if (place == null) {
      throw invalid(at + "/@mode: " + name + " is reached with mode='direct' only.");
    }
    if (policy && !(place instanceof DiskSource.File)) {
      throw invalid(at + "/@startupPolicy: It is for volumes that are files only.");
    }
    return place;
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(ErrorCode.INVALID_DEFINITION, detail);
  }
}
