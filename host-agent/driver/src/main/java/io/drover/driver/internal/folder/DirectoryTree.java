package io.drover.driver.internal.folder;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.DriverLayout;
import io.drover.driver.internal.process.FolderRemoval;
import io.drover.driver.internal.process.UserIds;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the folders of a layout. What exists keeps its rights, but for a way through that QEMU's
 * user needs and an earlier driver, or the program, did not leave open.
 */
public final class DirectoryTree {
  /** Another user, as QEMU's, may pass through to the files that it was given, and not look. */
  private static final String PASSABLE = "rwx--x--x";

  private static final String PRIVATE = "rwx------";

  private static final long ROOT = 0;

  private static final Set<PosixFilePermission> PASSING =
      Set.of(PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE);

  private DirectoryTree() {}

  /**
   * @param passable whether QEMU runs as another user
   */
  public static void make(DriverLayout layout, boolean passable) {
    String rights = passable ? PASSABLE : PRIVATE;
    foldersOf(layout).forEach(folder -> requireOurs(layout, folder)); // before we go there
    foldersOf(layout).forEach(folder -> make(folder, rights));
    // Certificates are put there by the program, which should not have to guess.
    layout.root().ifPresent(root -> make(layout.pki(), rights));
    foldersOf(layout).forEach(folder -> requireOurs(layout, folder));
  }

  /**
   * The journal says which processes are ended and which files change their owners: whoever has one
   * of the folders above it, or a link to one, could write it: as one who makes a root in a shared
   * folder first.
   */
  private static void requireOurs(DriverLayout layout, Path folder) {
    long us = UserIds.effective().uid();
    for (Path each = folder; each != null && layout.owns(each); each = each.getParent()) {
      if (Files.exists(each, LinkOption.NOFOLLOW_LINKS)) {
        requireOurs(each, ownerOf(each, LinkOption.NOFOLLOW_LINKS), us);
      }
      if (Files.exists(each)) {
        requireOurs(each, ownerOf(each), us);
      }
    }
  }

  private static void requireOurs(Path folder, long owner, long us) {
    if (owner != us && owner != ROOT) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST,
          "The folder "
              + folder
              + " belongs to the user "
              + owner
              + ", who could have this driver do anything; use a root of your own.");
    }
  }

  private static long ownerOf(Path folder, LinkOption... links) {
    try {
      return ((Number) Files.getAttribute(folder, "unix:uid", links)).longValue();
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED,
          "The owner of " + folder + " cannot be read; check the file system.",
          e);
    }
  }

  private static List<Path> foldersOf(DriverLayout layout) {
    return List.of(
        layout.log(),
        layout.swtpmLog(),
        layout.config(),
        layout.state(),
        layout.swtpmState(),
        layout.cache(),
        layout.lib(),
        layout.swtpmLib(),
        layout.lib().resolve("nvram"));
  }

  /**
   * Lets QEMU's user pass, and no more, where this driver's folders were made for one user alone;
   * the caller has the lock of the tree.
   */
  public static void letPass(DriverLayout layout) {
    foldersOf(layout).forEach(folder -> letPass(layout, folder));
  }

  private static void letPass(DriverLayout layout, Path folder) {
    for (Path each = folder; each != null && layout.owns(each); each = each.getParent()) {
      try {
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(each);
        if (rights.addAll(PASSING)) {
          Files.setPosixFilePermissions(each, rights);
        }
      } catch (IOException e) {
        throw new ProblemException(
            ErrorCode.STORAGE_FAILED,
            "The folder " + each + " cannot be opened for QEMU's user to pass (chmod +x it).",
            e);
      }
    }
  }

  /**
   * Removes an embedded driver's tree. What else lies in its root stays, and so does the root then.
   */
  public static void remove(DriverLayout layout, Path root) {
    try {
      for (Path part :
          List.of(
              layout.log(),
              layout.swtpmLog(),
              layout.config(),
              layout.settings(),
              layout.secrets(),
              layout.pki(),
              layout.swtpmState(),
              layout.cache(),
              layout.lib(),
              layout.swtpmLib(),
              // Last, because the lock is in it.
              layout.state())) {
        FolderRemoval.remove(part);
        removeEmpty(part.getParent(), root);
      }
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED,
          "The tree under " + root + " cannot be removed; check its rights.",
          e);
    }
  }

  private static void removeEmpty(@Nullable Path folder, Path root) throws IOException {
    for (Path each = folder; each != null && each.startsWith(root); each = each.getParent()) {
      try {
        Files.deleteIfExists(each);
      } catch (DirectoryNotEmptyException e) {
        // Somebody else's files, or a part whose turn comes later.
        return;
      }
    }
  }

  private static void make(Path folder, String rights) {
    try {
      Files.createDirectories(
          folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights)));
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED,
          "The folder "
              + folder
              + " cannot be made; check its rights. Who is not root takes qemu:///session or a root"
              + " of their own.",
          e);
    }
  }
}
