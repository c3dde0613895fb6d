package io.drover.driver.internal.folder;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.internal.process.UserIds;
import io.drover.driver.internal.resource.HostResource;
import io.drover.driver.internal.resource.ResourceKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives a domain's files to QEMU's user while it runs; does nothing where none is set. */
public final class FileOwnership implements HostResource<OwnershipPlan, OwnershipRecord> {
  private static final Logger LOG = LoggerFactory.getLogger(FileOwnership.class);

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
   * while they are given. A file that is another one than on record is not given.
   */
  public void chown(List<OriginalOwner> files) {
    for (int i = files.size() - 1; i >= 0; i--) {
      OriginalOwner known = files.get(i);
      user.ifPresent(ids -> give(known, ids));
    }
  }

  /**
   * Restores the owners and the modes of what is still there, a folder before the files in it. A
   * name that QEMU's user has given to another file meanwhile changes nothing of that file.
   */
  public void restore(List<OriginalOwner> files) {
    files.forEach(FileOwnership::takeBack);
  }

  private static Optional<OriginalOwner> owned(Path file) {
    try (NamedFile named = NamedFile.open(file).orElse(null)) {
      return named == null ? Optional.empty() : Optional.of(named.owner());
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private static void give(OriginalOwner known, UserIds ids) {
    try (NamedFile named = NamedFile.open(known.file()).orElse(null)) {
      if (named == null || !isSame(known, named.owner())) {
        throw new IOException("the file was exchanged meanwhile");
      }
      named.own(ids.uid(), ids.gid());
    } catch (IOException e) {
      throw failed(known.file(), e);
    }
  }

  private static void takeBack(OriginalOwner known) {
    try (NamedFile named = NamedFile.open(known.file()).orElse(null)) {
      if (named == null) {
        return;
      }
      OriginalOwner now = named.owner();
      if (!isSame(known, now)) {
        LOG.warn(
            "The owner of {} is not restored: it is another file than the one that was given to"
                + " QEMU's user; look who put it there",
            known.file());
        return;
      }
      named.own(known.uid(), known.gid());
      OriginalOwner.FileIdentity before = known.identity();
      OriginalOwner.FileIdentity after = now.identity();
      if (before != null && after != null && before.mode() != after.mode()) {
        named.permit(before.mode());
      }
    } catch (IOException e) {
      throw failed(known.file(), e);
    }
  }

  private static boolean isSame(OriginalOwner known, OriginalOwner now) {
    OriginalOwner.FileIdentity before = known.identity();
    OriginalOwner.FileIdentity after = now.identity();
    return before == null || (after != null && before.isSameFile(after));
  }

  private static ProblemException failed(Path file, IOException cause) {
    return new ProblemException(
        ErrorCode.STORAGE_FAILED,
        "The owner of " + file + " cannot be changed; only root can set qemuUser.",
        cause);
  }
}
