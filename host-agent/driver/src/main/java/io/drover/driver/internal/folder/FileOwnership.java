package io.drover.driver.internal.folder;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.internal.process.UserIds;
import io.drover.driver.internal.resource.HostResource;
import io.drover.driver.internal.resource.ResourceKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gives a domain's files to QEMU's user while it runs; does nothing where none is set. */
public final class FileOwnership implements HostResource<OwnershipPlan, OwnershipRecord> {
  private final Optional<UserIds> user;

  /**
   * @param user whom QEMU runs as; empty for this program's own
   */
  public FileOwnership(Optional<UserIds> user) {
    this.user = user;
  }

  @Override
  public Class<OwnershipPlan> planType() {
    return OwnershipPlan.class;
  }

  @Override
  public ResourceKind<OwnershipRecord> kind() {
    return OwnershipRecord.KIND;
  }

  @Override
  public OwnershipRecord prepare(OwnershipPlan plan) {
    return new OwnershipRecord(owners(plan.files()));
  }

  @Override
  public void acquire(OwnershipPlan plan, OwnershipRecord held) {
    chown(held.owners());
  }

  @Override
  public void release(OwnershipRecord held) {
    restore(held.owners());
  }

  /**
   * Gives files that need no record, because they are removed with the domain, to QEMU's user. They
   * must lie where only the driver can put names.
   */
  public void give(List<Path> files) {
    chown(owners(files));
  }

  /**
   * The owners of what exists, before it is given: they are to be on record by then. Without those
   * of a file that QEMU's user has already, as one that another domain uses too.
   */
  public List<OriginalOwner> owners(List<Path> files) {
    List<OriginalOwner> owners = new ArrayList<>();
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
  public void chown(List<OriginalOwner> files) {
    for (int i = files.size() - 1; i >= 0; i--) {
      Path file = files.get(i).file();
      user.ifPresent(ids -> own(file, ids.uid(), ids.gid()));
    }
  }

  /** Restores the owners of what is still there, a folder before the files in it. */
  public void restore(List<OriginalOwner> files) {
    for (OriginalOwner file : files) {
      if (Files.exists(file.file(), LinkOption.NOFOLLOW_LINKS)) {
        own(file.file(), file.uid(), file.gid());
      }
    }
  }

  private static Optional<OriginalOwner> owned(Path file) {
    try {
      Number uid = (Number) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
      Number gid = (Number) Files.getAttribute(file, "unix:gid", LinkOption.NOFOLLOW_LINKS);
      return Optional.of(new OriginalOwner(file, uid.longValue(), gid.longValue()));
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
