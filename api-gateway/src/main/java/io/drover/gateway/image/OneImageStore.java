package io.drover.gateway.image;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.IdSource;
import io.drover.gateway.config.GatewayConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Has all gateways of a cloud use one folder for the contents of images. A host asks any gateway
 * for an image: one with a folder of its own would have it fail. The folder and the database have
 * the same id, or the gateway does not start.
 */
@ApplicationScoped
class OneImageStore {
  private static final String FILE = "store-id";

  private final ImageStores stores;
  private final Path folder;
  private final IdSource ids;

  @Inject
  OneImageStore(ImageStores stores, GatewayConfig config, IdSource ids) {
    this(stores, config.imageDir(), ids);
  }

  OneImageStore(ImageStores stores, Path folder, IdSource ids) {
    this.stores = stores;
    this.folder = folder.toAbsolutePath();
    this.ids = ids;
  }

  void check(@Observes StartupEvent started) {
    check();
  }

  /**
   * @throws ProblemException {@code STORAGE_FAILED} when the contents of images are elsewhere
   */
  void check() {
    UUID here = read();
    UUID known = stores.claim(here);
    if (!known.equals(here)) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED,
          "The image folder "
              + folder
              + " (DROVER_IMAGE_DIR) is not the one that this cloud's images are in: its store-id is "
              + here
              + ", the database knows "
              + known
              + ". Mount that folder here, as from a shared file system. If it is lost, delete the row"
              + " of gateway.image_store and import the images again.");
    }
  }

  /** The folder's id, made with the folder; gateways that begin together see one. */
  private UUID read() {
    Path file = folder.resolve(FILE);
    try {
      Files.createDirectories(folder);
      if (!Files.exists(file)) {
        make(file);
      }
      return UUID.fromString(Files.readString(file).strip());
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED,
          "The file " + file + " cannot be made or read; check the folder's space and rights.",
          e);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED,
          "The file " + file + " holds no id; restore it from where the folder was copied.",
          e);
    }
  }

  private void make(Path file) throws IOException {
    Path own = folder.resolve(FILE + "." + ids.next());
    Files.writeString(own, ids.next() + "\n");
    try {
      Files.createLink(file, own);
    } catch (FileAlreadyExistsException another) {
      // Another gateway was faster: its id counts.
      return;
    } catch (UnsupportedOperationException withoutLinks) {
      copyUnlessThere(own, file);
    } finally {
      Files.deleteIfExists(own);
    }
  }

  /** Another gateway may read it unfinished; it then says so and is started again. */
  private static void copyUnlessThere(Path own, Path file) throws IOException {
    try {
      Files.copy(own, file);
    } catch (FileAlreadyExistsException another) {
      // It was faster: its id counts.
      return;
    }
  }
}
