package io.drover.driver.internal.folder;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.DomainId;
import io.drover.driver.internal.process.FolderRemoval;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running domain's own folder, named by eight hex digits of its hashed id so that its sockets'
 * paths stay short; private to the driver and, where one is set, to QEMU's user.
 */
public record DomainFolder(Path path) {
  public static final String MONITOR = "qmp";
  private static final Logger LOG = LoggerFactory.getLogger(DomainFolder.class);
  private static final int NAME_DIGITS = 8;
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{8}");
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /**
   * Makes a folder that nobody uses. Two ids of one hash take different digits of it.
   *
   * @param inUse tells the folders of running domains, and of those that are being started
   */
  public static DomainFolder create(
      Path state, DomainId id, java.util.function.Predicate<Path> inUse) {
    String digits = digest(id);
    for (int from = 0; from + NAME_DIGITS <= digits.length(); from += NAME_DIGITS) {
      Path path = state.resolve(digits.substring(from, from + NAME_DIGITS));
      if (!inUse.test(path)) {
        DomainFolder folder = new DomainFolder(path);
        if (folder.free()) {
          folder.make();
          return folder;
        }
      }
    }
    throw new ProblemException(
        ErrorCode.HOST_RESOURCE_MISSING, "No free folder for the domain " + id + " in " + state);
  }

  /** Whether a folder's name is one that {@link #create} gives. */
  static boolean named(Path folder) {
    return NAME.matcher(String.valueOf(folder.getFileName())).matches();
  }

  private static String digest(DomainId id) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(sha.digest(id.toString().getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** An earlier run may have left more than can be removed. */
  private boolean free() {
    try {
      remove();
      return true;
    } catch (ProblemException e) {
      LOG.error("The folder {} cannot be reused; another one is used", path, e);
      return false;
    }
  }

  private void make() {
    try {
      Files.createDirectory(path, PRIVATE_FOLDER);
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED,
          "The folder " + path + " cannot be made; check space and rights.",
          e);
    }
  }

  public Path monitor() {
    return path.resolve(MONITOR);
  }

  public Path masterKey() {
    return path.resolve("master-key.aes");
  }

  /** QEMU has read the key at its start; later nobody needs the file. */
  public void removeMasterKey() {
    try {
      Files.deleteIfExists(masterKey());
    } catch (IOException e) {
      throw cannotRemove(e);
    }
  }

  /** Makes a file that only the driver can read, or keeps the one that is there. */
  public static void privateFile(Path file) {
    try {
      Files.createFile(file, PRIVATE_FILE);
    } catch (FileAlreadyExistsException e) {
      requireRegular(file);
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED,
          "The file " + file + " cannot be made; check space and rights.",
          e);
    }
  }

  private static void requireRegular(Path file) {
    if (!Files.isRegularFile(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED, file + " is in the way: it is not a regular file.");
    }
  }

  /** Removes the folder with all that QEMU's user has put into it; absent is fine. */
  public void remove() {
    try {
      FolderRemoval.remove(path);
    } catch (IOException e) {
      throw cannotRemove(e);
    }
  }

  private ProblemException cannotRemove(IOException cause) {
    return new ProblemException(
        ErrorCode.STORAGE_FAILED,
        "The folder " + path + " cannot be removed; check its rights.",
        cause);
  }
}
