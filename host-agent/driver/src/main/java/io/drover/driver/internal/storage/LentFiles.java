package io.drover.driver.internal.storage;

import io.drover.driver.internal.process.UserIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/** What a tool of another user gets of files of ours. Without another user nothing changes. */
record LentFiles(Optional<UserIds> user) {
  private static final String UID = "unix:uid";
  private static final String GID = "unix:gid";

  /** Lets the user read a file of ours, by its group, and not change it. */
  void letRead(Path file) throws IOException {
    if (user.isEmpty() || uidOf(file) != UserIds.effective().uid()) {
      return;
    }
    Files.setAttribute(file, GID, (int) user.get().gid());
    Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
    if (rights.add(PosixFilePermission.GROUP_READ)) {
      Files.setPosixFilePermissions(file, rights);
    }
  }

  /** The file is the user's until it is taken back. */
  void give(Path file) throws IOException {
    if (user.isPresent()) {
      own(file, user.get());
    }
  }

  /** The file is ours again. */
  void takeBack(Path file) throws IOException {
    if (user.isPresent()) {
      own(file, UserIds.effective());
    }
  }

  private static void own(Path file, UserIds owner) throws IOException {
    Files.setAttribute(file, UID, (int) owner.uid(), LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(file, GID, (int) owner.gid(), LinkOption.NOFOLLOW_LINKS);
  }

  private static long uidOf(Path file) throws IOException {
    return ((Number) Files.getAttribute(file, UID)).longValue();
  }
}
