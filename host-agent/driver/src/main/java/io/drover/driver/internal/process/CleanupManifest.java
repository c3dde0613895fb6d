package io.drover.driver.internal.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a domain of an older driver has on the host beside its QEMU, a line each; today's drivers
 * keep that in the journal. It lies beside the domain's folder, never in it: the folder is QEMU's
 * user's, and a guest that has broken out must not choose what is ended.
 */
public final class CleanupManifest {
  private static final Logger LOG = LoggerFactory.getLogger(CleanupManifest.class);

  /** The list of sidecar processes, each by the argument that marks it. */
  public static final String SIDECARS = "companions";

  /** The list of taps, each by its name. */
  public static final String TAPS = "taps";

  private final Path file;

  /**
   * @param folder the domain's own
   * @param kind of what is listed, a plain word
   */
  public CleanupManifest(Path folder, String kind) {
    this.file = folder.resolveSibling(folder.getFileName() + "." + kind);
  }

  /** The lists that older drivers have written beside a domain's folder. */
  public static List<CleanupManifest> of(Path folder) {
    return List.of(new CleanupManifest(folder, SIDECARS), new CleanupManifest(folder, TAPS));
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
