package io.drover.contracts.operation;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.TenantPolicy;
import io.drover.contracts.definition.device.Device;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.storage.DiskImage;
import io.drover.contracts.definition.storage.DiskSource;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds, adds, removes and replaces disks of a definition by their target's name. Pure. */
final class DiskTargets {
  private static final int MAX_TARGET = 32;

  private DiskTargets() {}

  static void require(String member, @Nullable Object value) {
    boolean given = value instanceof String text ? !text.isBlank() : value != null;
    if (!given) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST, "The member " + member + " is missing; it is required.");
    }
    if (value instanceof String text && text.length() > MAX_TARGET) {
      throw new ProblemException(
          ErrorCode.LIMIT_EXCEEDED,
          "The member " + member + " has " + text.length() + " characters of at most 32.");
    }
  }

  static Set<String> volumes(Disk disk) {
    DiskImage image = disk.image();
    return image != null
            && image.source() instanceof DiskSource.PooledVolume volume
            && volume.pool().equals(TenantPolicy.POOL)
        ? Set.of(volume.volume())
        : Set.of();
  }

  static DomainDefinition added(DomainDefinition definition, Disk disk) {
    if (find(definition, disk.target().dev()) != null) {
      throw new ProblemException(
          ErrorCode.INVALID_STATE,
          "The target " + disk.target().dev() + " is taken; choose another one.");
    }
    List<Device> devices = new ArrayList<>(definition.devices());
    devices.add(disk);
    return definition.withDevices(devices);
  }

  static DomainDefinition removed(DomainDefinition definition, String target) {
    Disk disk = existing(definition, target);
    List<Device> devices = new ArrayList<>(definition.devices());
    devices.removeIf(each -> each == disk);
    return definition.withDevices(devices);
  }

  static DomainDefinition replaced(
      DomainDefinition definition, String target, @Nullable DiskImage image) {
    Disk disk = existing(definition, target);
    return definition.withEach(Disk.class, each -> each == disk ? each.withImage(image) : each);
  }

  static Disk existing(DomainDefinition definition, String target) {
    Disk disk = find(definition, target);
    if (disk == null) {
      throw new ProblemException(
          ErrorCode.NOT_FOUND,
          "The domain has no disk "
              + target
              + "; it has "
              + definition.devices(Disk.class).stream().map(each -> each.target().dev()).toList()
              + ".");
    }
    return disk;
  }

  private static @Nullable Disk find(DomainDefinition definition, String target) {
    return definition.devices(Disk.class).stream()
        .filter(each -> each.target().dev().equals(target))
        .findFirst()
        .orElse(null);
  }
}
