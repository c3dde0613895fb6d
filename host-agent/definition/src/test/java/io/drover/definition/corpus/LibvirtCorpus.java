package io.drover.definition.corpus;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * libvirt's own test data, where somebody has put it beside the project; tests that need it are
 * skipped otherwise.
 */
public final class LibvirtCorpus {
  private LibvirtCorpus() {}

  /** A file of it. */
  public static Path file(String name) {
    Path corpus = Path.of(System.getProperty("libvirt.corpus", beside()));
    Path file = corpus.resolve(name);
    Assumptions.assumeTrue(
        Files.exists(file),
        "libvirt's test data is not at " + corpus + "; name it with -Dlibvirt.corpus=FOLDER");
    return file;
  }

  /** The folder ../shared/corpus/libvirt of the repository. */
  private static String beside() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("CONTRIBUTING.md"))) {
      folder = folder.getParent();
    }
    return folder == null ? "" : folder.resolveSibling("shared/corpus/libvirt").toString();
  }
}
