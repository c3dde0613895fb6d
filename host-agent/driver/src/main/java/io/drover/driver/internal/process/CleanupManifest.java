package io.drover.driver.internal.process;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a domain has on the host beside its QEMU, a line each: written before it is there, so that
 * the next driver knows what to end or remove. It lies beside the domain's folder, never in it: the
 * folder is QEMU's user's, and a guest that has broken out must not choose what is ended.
 */
public final class CleanupManifest {
  private static final Logger LOG = LoggerFactory.getLogger(CleanupManifest.class);
  private final Path file;

  /**
   * @param folder the domain's own
   * @param kind of what is listed, a plain word
   */
  public CleanupManifest(Path folder, String kind) {
    this.file = folder.resolveSibling(folder.getFileName() + "." + kind);
  }

  /**
   * Writes all of it anew.
   *
   * @throws ProblemException {@code STORAGE_FAILED} when it cannot be written
   */
  public void write(List<String> lines) {
    try {
      Files.write(file, lines);
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED, "The list " + file + " cannot be made; check space.", e);
    }
  }

  /** Its lines; none when it is not there, which costs next to nothing. */
  public List<String> read() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      LOG.error("The list {} cannot be read; what it names may be left behind", file, e);
      return List.of();
    }
  }

  /** Removes it once nothing is left of what it names. */
  public void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.error("The list {} is left behind", file, e);
    }
  }
}
