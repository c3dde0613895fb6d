package io.drover.driver.internal.domain;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.internal.journal.JournalEntry.HandedOver;
import io.drover.driver.internal.operation.disk.DiskFiles;
import io.drover.driver.internal.process.UserIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gives a domain's files to QEMU's user while it runs; does nothing where none is set. */
final class FileOwnership implements DiskFiles {
  private final Optional<UserIds> user;

  FileOwnership(Optional<UserIds> user) {
    this.user = user;
  }

  /**
   * The owners of what exists, before it is given: they are to be on record by then. Without those
   * of a file that QEMU's user has already, as one that another domain uses too.
   */
  @Override
  public List<HandedOver> owners(List<Path> files) {
    List<HandedOver> owners = new ArrayList<>();
    user.ifPresent(
        ids -> {
          for (Path file : files) {
            owned(file)
                .filter(before -> before.uid() != ids.uid() || before.gid() != ids.gid())
                .ifPresent(owners::add);
          }
        });
    return owners;
  }

  /**
   * Hands over; the last comes first, so that a folder that leads the files in it is still ours
   * while they are given.
   */
  @Override
  public void give(List<HandedOver> files) {
    for (int i = files.size() - 1; i >= 0; i--) {
      Path file = files.get(i).file();
      user.ifPresent(ids -> own(file, ids.uid(), ids.gid()));
    }
  }

  /** Restores the owners of what is still there, a folder before the files in it. */
  @Override
  public void takeBack(List<HandedOver> files) {
    for (HandedOver file : files) {
      if (Files.exists(file.file(), LinkOption.NOFOLLOW_LINKS)) {
        own(file.file(), file.uid(), file.gid());
      }
    }
  }

  private static Optional<HandedOver> owned(Path file) {
    try {
      Number uid = (Number) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
      Number gid = (Number) Files.getAttribute(file, "unix:gid", LinkOption.NOFOLLOW_LINKS);
      return Optional.of(new HandedOver(file, uid.longValue(), gid.longValue()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private static void own(Path file, long uid, long gid) {
    try {
      Files.setAttribute(file, "unix:uid", Math.toIntExact(uid), LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(file, "unix:gid", Math.toIntExact(gid), LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private static ProblemException failed(Path file, IOException cause) {
    return new ProblemException(
        ErrorCode.STORAGE_FAILED,
        "The owner of " + file + " cannot be changed; only root can set qemuUser.",
        cause);
  }
}
