package io.drover.driver.internal.storage;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.contracts.definition.common.SecretReference;
import io.drover.contracts.definition.storage.DiskImage;
import io.drover.contracts.definition.storage.DiskSource;
import io.drover.contracts.definition.storage.Encryption;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.argv.storage.DiskFormats;
import io.drover.driver.ImageFormat;
import io.drover.driver.SecretBytes;
import io.drover.driver.internal.folder.FileOwnership;
import io.drover.driver.internal.resource.HostResource;
import io.drover.driver.internal.resource.ResourceKind;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes and removes the overlays of transient disks. An overlay names no image below it: QEMU is
 * told that by its command line alone. Thread-safe; blocks the calling thread.
 */
public final class TransientOverlays implements HostResource<OverlayPlan, OverlayRecord> {
  private static final Logger LOG = LoggerFactory.getLogger(TransientOverlays.class);
  private final QemuImg qemuImg;
  private final Optional<String> user;
  private final Function<SecretReference, SecretBytes> secrets;
  private final FileOwnership ownership;

  /**
   * @param deadline how long it may take to make one
   * @param user whom QEMU runs as, who has the images by then: root does not open what a guest has
   *     written
   * @param secrets the passphrases of encrypted images; the bytes are closed here
   * @param ownership gives the overlays to that user
   */
  public TransientOverlays(
      Duration deadline,
      Optional<String> user,
      Function<SecretReference, SecretBytes> secrets,
      FileOwnership ownership) {
    this.ownership = ownership;
    this.user = user;
    this.qemuImg = new QemuImg(deadline);
    this.secrets = secrets;
  }

  @Override
  public Class<OverlayPlan> planType() {
    return OverlayPlan.class;
  }

  @Override
  public ResourceKind<OverlayRecord> kind() {
    return OverlayRecord.KIND;
  }

  /**
   * Checks that a release can only hit the domain's own files.
   *
   * @throws ProblemException {@code INVALID_STATE} when one of the files is there already
   */
  @Override
  public OverlayRecord prepare(OverlayPlan plan) {
    plan.overlays().forEach(TransientOverlay::refuseExisting);
    return new OverlayRecord(plan.overlays().stream().map(TransientOverlay::file).toList());
  }

  /**
   * Makes all of them or none, and gives them to QEMU's user.
   *
   * @throws ProblemException {@code INVALID_STATE} when one of the files is there already, {@code
   *     STORAGE_FAILED} when an image cannot be read or an overlay cannot be made
   */
  @Override
  public void acquire(OverlayPlan plan, OverlayRecord held) {
    List<Path> made = new ArrayList<>();
    try {
      for (TransientOverlay overlay : plan.overlays()) {
        long bytes = qemuImg.virtualSize(node(overlay.base()), user);
        privateFile(overlay);
        made.add(overlay.file());
        make(overlay, bytes);
      }
      ownership.give(made);
    } catch (RuntimeException e) {
      remove(made);
      throw e;
    }
  }

  /** A failed {@link #acquire} has removed what it made; another file of that name is not ours. */
  @Override
  public void undo(OverlayRecord held) {
    // nothing is left
  }

  private static void privateFile(TransientOverlay overlay) {
    try {
      Files.createFile(
          overlay.file(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException e) {
      ProblemException existing = overlay.existing();
      existing.initCause(e);
      throw existing;
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED,
          "The overlay " + overlay.file() + " cannot be made; check space and rights.",
          e);
    }
  }

  private void make(TransientOverlay overlay, long bytes) {
    Encryption encryption = overlay.base().encryption();
    if (encryption == null || encryption.secrets().isEmpty()) {
      qemuImg.create(overlay.file(), ImageFormat.QCOW2, bytes, Optional.empty());
      return;
    }
    try (SecretBytes key = secrets.apply(encryption.secrets().get(0))) {
      qemuImg.create(overlay.file(), ImageFormat.QCOW2, bytes, Optional.of(key));
    }
  }

  @Override
  public void release(OverlayRecord held) {
    remove(held.files());
  }

  private static void remove(List<Path> files) {
    List<Path> left = files.stream().filter(file -> !removed(file)).toList();
    if (!left.isEmpty()) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED,
          "The overlays " + left + " cannot be removed; the next start needs them removed.");
    }
  }

  private static boolean removed(Path file) {
    try {
      Files.deleteIfExists(file);
      return true;
    } catch (IOException e) {
      LOG.error("Removing the transient overlay {} failed; remove it by hand", file, e);
      return false;
    }
  }

  /** The image alone, as {@code blockdev-add} would name it. */
  private static ObjectNode node(DiskImage image) {
    ObjectNode storage = JsonNodeFactory.instance.objectNode();
    if (image.source() instanceof DiskSource.File file) {
      storage.put("driver", "file").put("filename", file.path());
    }
    DiskImage.Slice slice = image.slice();
    if (slice != null) {
      ObjectNode part = JsonNodeFactory.instance.objectNode();
      part.put("driver", "raw").put("offset", slice.offset()).put("size", slice.size());
      part.set("file", storage);
      storage = part;
    }
    String driver = DiskFormats.driver(image.format());
    boolean sealed = image.encryption() != null && driver.equals("raw");
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("driver", sealed ? "luks" : driver).set("file", storage);
    return node;
  }
}
