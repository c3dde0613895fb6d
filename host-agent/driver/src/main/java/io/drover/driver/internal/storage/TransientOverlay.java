package io.drover.driver.internal.storage;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.storage.DiskImage;
import io.drover.contracts.definition.storage.DiskSource;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The file that takes what a guest writes to its {@code <transient/>} disk, for the time of one
 * run. The image itself is only read; it may be that of several such disks.
 *
 * @param disk its target, as vda
 * @param file beside the image: {@code IMAGE.TRANSIENT-DOMAIN}, as libvirt names it
 * @param base what the guest sees at its start
 */
public record TransientOverlay(String disk, Path file, DiskImage base) {
  private static final String FORMAT = "qcow2";
  private static final String INFIX = ".TRANSIENT-";

  /**
   * The overlays that a domain needs for its start.
   *
   * @throws ProblemException {@code INVALID_STATE} when one of the files is there already
   */
  public static List<TransientOverlay> of(DomainDefinition placed) {
    List<TransientOverlay> overlays = new ArrayList<>();
    for (Disk disk : placed.devices(Disk.class)) {
      DiskImage image = disk.image();
      if (disk.transientChanges()
          && image != null
          && image.source() instanceof DiskSource.File file) {
        overlays.add(new TransientOverlay(disk.target().dev(), place(file, placed.name()), image));
      }
    }
    overlays.forEach(TransientOverlay::refuseExisting);
    return List.copyOf(overlays);
  }

  private static Path place(DiskSource.File image, String domain) {
    if (!image.path().startsWith("/") || domain.contains("/")) {
      throw new ProblemException(
          ErrorCode.INVALID_DEFINITION,
          "A <transient/> disk needs an image with an absolute path and a domain whose name has no"
              + " '/', because its overlay lies beside the image under that name.");
    }
    return Path.of(image.path() + INFIX + domain);
  }

  void refuseExisting() {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw existing();
    }
  }

  ProblemException existing() {
    return new ProblemException(
        ErrorCode.INVALID_STATE,
        "The overlay "
            + file
            + " of the <transient/> disk '"
            + disk
            + "' exists already: another domain of this name runs, or a host's end has left it;"
            + " remove the file when no domain uses it, and start again.");
  }

  /** The definition as it runs: each overlay on top of its image. */
  public static DomainDefinition inUse(DomainDefinition placed, List<TransientOverlay> overlays) {
    return placed.withEach(
        Disk.class,
        disk ->
            overlays.stream()
                .filter(overlay -> overlay.disk.equals(disk.target().dev()))
                .findFirst()
                .map(overlay -> disk.withImage(overlay.image()))
                .orElse(disk));
  }

  /** A running definition whose disks are what they are to QEMU: overlays on images. */
  public static DomainDefinition asQemuSeesIt(DomainDefinition inUse) {
    return inUse.withEach(
        Disk.class, disk -> file(disk, inUse.name()) == null ? disk : disk.withLastingChanges());
  }

  /** The files that {@link #inUse} has put into a definition. */
  public static List<Path> filesOf(DomainDefinition inUse) {
    return inUse.devices(Disk.class).stream()
        .map(disk -> file(disk, inUse.name()))
        .flatMap(Stream::ofNullable)
        .toList();
  }

  private static @Nullable Path file(Disk disk, String domain) {
    DiskImage image = disk.image();
    return disk.transientChanges()
            && image != null
            && image.source() instanceof DiskSource.File file
            && file.path().endsWith(INFIX + domain)
        ? Path.of(file.path())
        : null;
  }

  /** A secret disk's changes are as secret: they are encrypted as it is. */
  private DiskImage image() {
    return DiskImage.of(new DiskSource.File(file.toString(), null), FORMAT)
        .withEncryption(base.encryption())
        .withBacking(base);
  }
}
