package io.drover.driver.local;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.DriverLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Makes the folders of a layout; what exists keeps its rights. */
final class DirectoryTree {
  /** Another user, as QEMU's, may pass through to the files that it was given, and not look. */
  private static final String PASSABLE = "rwx--x--x";

  private static final String PRIVATE = "rwx------";

  private DirectoryTree() {}

  /**
   * @param passable whether QEMU runs as another user
   */
  static void make(DriverLayout layout, boolean passable) {
    String rights = passable ? PASSABLE : PRIVATE;
    for (Path folder :
        List.of(
            layout.log(),
            layout.swtpmLog(),
            layout.config(),
            layout.state(),
            layout.swtpmState(),
            layout.cache(),
            layout.lib(),
            layout.swtpmLib(),
            layout.lib().resolve("nvram"))) {
      make(folder, rights);
    }
  }

  private static void make(Path folder, String rights) {
    try {
      Files.createDirectories(
          folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights)));
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED,
          "The folder " + folder + " cannot be made; check the root and its rights.",
          e);
    }
  }
}
