package io.drover.driver.tpm;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.DomainId;
import io.drover.driver.DriverLayout;
import io.drover.driver.process.Programs;
import io.drover.driver.process.UserIds;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The folders and files of emulated TPMs, private to the user that swtpm runs as. */
final class TpmState {
  private static final String LOCAL_CA = "swtpm_localca";
  private final Optional<UserIds> user;

  TpmState(Optional<UserIds> user) {
    this.user = user;
  }

  /** Makes what a run needs and answers whether there was no state of this version before. */
  boolean prepare(TpmPlan plan) {
    TpmFiles files = plan.files();
    Path state = files.state(plan.two());
    boolean fresh = !Files.isDirectory(state);
    try {
      removeAll(files.running());
      for (Path folder : List.of(files.kept(), state, files.running(), files.authority())) {
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        own(folder);
      }
      configure(files);
      if (!Files.exists(files.log())) {
        Files.createFile(
            files.log(),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      own(files.log());
      mark(files.persistent(), Boolean.TRUE.equals(plan.emulator().persistent()));
      return fresh;
    } catch (IOException e) {
      throw failed(files.kept(), "made", e);
    }
  }

  private static void mark(Path file, boolean set) throws IOException {
    if (set) {
      Files.writeString(file, "");
    } else {
      Files.deleteIfExists(file);
    }
  }

  /** The root has an authority of its own: the host's may belong to another user. */
  private void configure(TpmFiles files) throws IOException {
    Path authority = files.authority();
    Path issuing = authority.resolve("localca.conf");
    Path options = authority.resolve("localca.options");
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

  private void write(Path file, String text) throws IOException {
    if (!Files.exists(file) || !Files.readString(file).equals(text)) {
      Files.writeString(file, text);
    }
    own(file);
  }

  private void own(Path file) throws IOException {
    if (user.isPresent()) {
      Files.setAttribute(
          file, "unix:uid", Math.toIntExact(user.get().uid()), LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(
          file, "unix:gid", Math.toIntExact(user.get().gid()), LinkOption.NOFOLLOW_LINKS);
    }
  }

  /** Writes the passphrase of a setup where only swtpm's user can read it. */
  void keep(Path file, byte[] passphrase) {
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
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
    remove(plan.files().state(plan.two()));
  }

  static void removeRunning(TpmFiles files) {
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
      removeAll(folder);
    } catch (IOException e) {
      throw failed(folder, "removed", e);
    }
  }

  private static void removeAll(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path each, @Nullable IOException failure)
              throws IOException {
            Files.deleteIfExists(each);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static ProblemException failed(Path folder, String what, IOException cause) {
    return new ProblemException(
        ErrorCode.STORAGE_FAILED, "The TPM's folder " + folder + " cannot be " + what + ".", cause);
  }
}
