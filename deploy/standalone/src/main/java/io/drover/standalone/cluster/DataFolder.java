package io.drover.standalone.cluster;

import io.drover.standalone.process.OwnerFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of everything that a suite keeps. It and all in it is for the owner alone: in it are
 * passwords and client secrets (Keycloak's database has them in plain text), definitions and disks.
 */
public final class DataFolder {
  private static final String UID = "unix:uid";

  private DataFolder() {}

  /**
   * Makes the folder for its owner alone. An earlier one, and what is in it, is closed to others.
   *
   * @return what was open to others and is not any more, for people; mostly nothing
   * @throws IOException when the folder is another user's
   */
  static List<String> close(Path data) throws IOException {
    Files.createDirectories(
        data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Object own = Files.getAttribute(Path.of("/proc/self"), UID);
    if (!Files.getAttribute(data, UID).equals(own)) {
      String owner = Files.getOwner(data).getName();
      throw new IOException(
          "The data folder "
              + data
              + " belongs to "
              + owner
              + ", who could read and change everything in it; run as "
              + owner
              + " or choose another data folder (DROVER_DATA)");
    }
    List<Path> opened = OwnerFiles.close(data);
    return opened.isEmpty()
        ? List.of()
        : List.of(
            "Closed to other users, who could read them: "
                + opened.size()
                + " files and folders in "
                + data
                + ", the first "
                + opened.get(0));
  }

  /** Removes the folder and the {@link HostFolder} of it, with everything in them. */
  public static void remove(Path data) throws IOException {
    HostFolder host = HostFolder.of(data);
    if (host.ofSystem()) {
      removeTree(host.path());
    }
    removeTree(data);
  }

  static void removeTree(Path folder) throws IOException {
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
