package io.drover.driver.internal.tpm;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.DomainId;
import io.drover.driver.DriverLayout;
import io.drover.driver.internal.process.FolderRemoval;
import io.drover.driver.internal.process.Programs;
import io.drover.driver.internal.process.UserIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The folders and files of emulated TPMs. What swtpm's user may write, a guest that has broken out
 * may write too, so the driver itself writes in folders of its own only.
 */
final class TpmState {
  private static final String LOCAL_CA = "swtpm_localca";
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> READABLE =
      PosixFilePermissions.fromString("rw-r--r--");
  private static final String PRIVATE_FOLDER = "rwx------";
  private static final String PASSABLE_FOLDER = "rwx--x--x";
  private final Optional<UserIds> user;

  TpmState(Optional<UserIds> user) {
    this.user = user;
  }

  /** Makes what a run needs and answers whether there was no state of this version before. */
  boolean prepare(TpmPlan plan) {
    TpmFiles files = plan.files();
    Path state = files.state(plan.two());
    try {
      FolderRemoval.remove(files.running());
      keepOurs(files.kept());
      boolean fresh = !Files.isDirectory(state, LinkOption.NOFOLLOW_LINKS);
      Path unfinished = files.unfinished(plan.two());
      FolderRemoval.remove(unfinished); // of a setup that ended with its driver
      for (Path folder : List.of(fresh ? unfinished : state, files.running(), files.authority())) {
        make(folder, PRIVATE_FOLDER);
        own(folder);
      }
      configure(files);
      if (!Files.exists(files.log())) {
        Files.createFile(files.log(), PosixFilePermissions.asFileAttribute(PRIVATE));
      }
      own(files.log());
      mark(files.persistent(), Boolean.TRUE.equals(plan.emulator().persistent()));
      return fresh;
    } catch (IOException e) {
      throw failed(files.kept(), "made", e);
    }
  }

  /** Earlier drivers gave it to swtpm's user. */
  private void keepOurs(Path kept) throws IOException {
    String rights = user.isPresent() ? PASSABLE_FOLDER : PRIVATE_FOLDER;
    make(kept, rights);
    if (user.isPresent()) {
      own(kept, UserIds.effective());
      Files.setPosixFilePermissions(kept, PosixFilePermissions.fromString(rights));
    }
  }

  private static void make(Path folder, String rights) throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights)));
  }

  private static void mark(Path file, boolean set) throws IOException {
    if (!set) {
      Files.deleteIfExists(file);
    } else if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      FolderRemoval.remove(file);
      Files.createFile(file, PosixFilePermissions.asFileAttribute(PRIVATE));
    }
  }

  /** The root has an authority of its own: the host's may belong to another user. */
  private static synchronized void configure(TpmFiles files) throws IOException {
    Path authority = files.authority();
    Path issuing = authority.resolveSibling("localca.conf");
    Path options = authority.resolveSibling("localca.options");
    write(
        options,
        """
        --platform-manufacturer Drover
        --platform-version 1.0
        --platform-model QEMU
        """);
    write(
        issuing,
        """
        statedir = %1$s
        signingkey = %1$s/signkey.pem
        issuercert = %1$s/issuercert.pem
        certserial = %1$s/certserial
        """
            .formatted(authority));
    Path tool = Programs.find(LOCAL_CA).orElse(Path.of("/usr/share/swtpm/swtpm-localca"));
    write(
        files.setupConfiguration(),
        """
        create_certs_tool = %s
        create_certs_tool_config = %s
        create_certs_tool_options = %s
        active_pcr_banks = sha256
        """
            .formatted(tool, issuing, options));
  }

  /** Changes it as a whole: another domain's setup may be reading it. */
  private static void write(Path file, String text) throws IOException {
    if (!Files.exists(file) || !Files.readString(file).equals(text)) {
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(fresh, text);
      Files.setPosixFilePermissions(fresh, READABLE);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private void own(Path file) throws IOException {
    if (user.isPresent()) {
      own(file, user.get());
    }
  }

  private static void own(Path file, UserIds owner) throws IOException {
    Files.setAttribute(file, "unix:uid", Math.toIntExact(owner.uid()), LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(file, "unix:gid", Math.toIntExact(owner.gid()), LinkOption.NOFOLLOW_LINKS);
  }

  /** Gives the state that is made now its lasting place. */
  void finish(TpmPlan plan) {
    Path state = plan.files().state(plan.two());
    try {
      FolderRemoval.remove(state); // no folder, or it would not be made anew
      Files.move(plan.files().unfinished(plan.two()), state, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failed(state, "made", e);
    }
  }

  /** Writes the passphrase of a setup where only swtpm's user can read it. */
  void keep(Path file, byte[] passphrase) {
    try {
      Files.deleteIfExists(file);
      Files.createFile(file, PosixFilePermissions.asFileAttribute(PRIVATE));
      Files.write(file, passphrase);
      own(file);
    } catch (IOException e) {
      throw failed(file, "made", e);
    }
  }

  /** Overwrites the passphrase and removes it. */
  void drop(Path file, int length) {
    try {
      if (Files.exists(file)) {
        Files.write(file, new byte[length], StandardOpenOption.WRITE);
        Files.delete(file);
      }
    } catch (IOException e) {
      throw failed(file, "removed", e);
    }
  }

  /** Removes state that a failed setup may have left half made. */
  void undo(TpmPlan plan) {
    remove(plan.files().unfinished(plan.two()));
    remove(plan.files().state(plan.two()));
  }

  static void removeRunning(TpmFiles files) {
    remove(files.passphrase());
    remove(files.running());
  }

  /** Whether a definition has asked for its state to outlive it. */
  static boolean persistent(DriverLayout layout, DomainId id) {
    return Files.exists(TpmFiles.kept(layout, id).resolve("persistent"));
  }

  static void removeKept(DriverLayout layout, DomainId id) {
    remove(TpmFiles.kept(layout, id));
  }

  private static void remove(Path folder) {
    try {
      FolderRemoval.remove(folder);
    } catch (IOException e) {
      throw failed(folder, "removed", e);
    }
  }

  private static ProblemException failed(Path folder, String what, IOException cause) {
    return new ProblemException(
        ErrorCode.STORAGE_FAILED, "The TPM's folder " + folder + " cannot be " + what + ".", cause);
  }
}
