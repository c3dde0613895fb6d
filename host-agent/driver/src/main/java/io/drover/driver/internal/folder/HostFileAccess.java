package io.drover.driver.internal.folder;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.internal.process.ToolProcess;
import io.drover.driver.internal.process.UserIds;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the user that QEMU runs as gets to files of the host, before QEMU is started: its own
 * words name neither the device nor the reason. Errors say what the file is for, its path, the
 * user, the reason and the remedy. Thread-safe; looks at the file system.
 */
public final class HostFileAccess {
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final int READ = 4;
  private static final int WRITE = 2;
  private static final int PASS = 1;
  private final Optional<String> user;

  /**
   * @param user whom QEMU runs as; empty for this program's own
   */
  public HostFileAccess(Optional<String> user) {
    this.user = user;
  }

  /**
   * Requires that a file or device is there and that QEMU's user gets to it. Whether that user may
   * read it is another question: what is given to it, it may.
   *
   * @param what it is for, as the beginning of a sentence: {@code Disk 'vda'}
   */
  public void require(String what, Path file) {
    requirePassable(what, file);
    requireExisting(what, file, file);
    if (Files.isDirectory(file)) {
      throw problem(
          what,
          "'" + file + "' is a folder, not a file",
          "name a file (a folder is shown to a guest by <disk type='dir'> or <filesystem>)");
    }
    if (Files.isRegularFile(file) && mode(file) / 0100 % 010 < READ && asAnother()) {
      throw problem(
          what,
          "the mode of '" + file + "' does not let its owner read it",
          "give the owner the right to (chmod u+r)");
    }
    boolean own = user.isEmpty() && UserIds.effective().uid() != 0;
    if (own && !Files.isReadable(file)) {
      throw problem(
          what,
          who() + " may not read '" + file + "'",
          "give it the right to (chmod or setfacl), or have QEMU run as another user");
    }
  }

  /** As {@link #require}, of a file that is not given to QEMU's user and that it reads. */
  public void requireReadable(String what, Path file) {
    require(what, file);
    if (!readable(file) && !may("-r", file)) {
      throw problem(
          what,
          who() + " may not read '" + file + "'",
          "give it the right to (chmod o+r, or setfacl -m u:" + name() + ":r)");
    }
  }

  /** Requires that a folder is there and that QEMU's user may pass into it. */
  public void requireFolder(String what, Path folder) {
    requirePassable(what, folder);
    requireExisting(what, folder, folder);
    if (!allowed(folder, PASS) && !may("-x", folder)) {
      throw problem(
          what,
          who() + " may not enter the folder '" + folder + "'",
          "let it pass (chmod o+x, or setfacl -m u:" + name() + ":x)");
    }
  }

  /** Requires that the folder is there that a file is to be made in, by this program. */
  public void requireFolderOf(String what, Path file) {
    requirePassable(what, file);
  }

  /** Requires that QEMU's user may make a file or socket of that path. */
  public void requirePlaceFor(String what, Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw problem(what, "'" + file + "' is no file", "name a file in a folder");
    }
    requirePassable(what, file);
    if (!allowed(folder, WRITE) && !may("-w", folder)) {
      throw problem(
          what,
          who() + " may not make '" + file + "' in the folder '" + folder + "'",
          "let it write there (chmod or setfacl), or choose another folder");
    }
  }

  /** Whether QEMU's user may read the file as it is, by owner and mode. */
  public boolean readable(Path file) {
    return allowed(file, READ);
  }

  private void requirePassable(String what, Path file) {
    for (Path folder : foldersOf(what, file)) {
      requireExisting(what, file, folder);
      if (!allowed(folder, PASS) && !may("-x", folder)) {
        throw problem(
            what,
            who() + " may not enter the folder '" + folder + "', in which '" + file + "' is",
            "let it pass (chmod o+x, or setfacl -m u:" + name() + ":x), or move the file");
      }
    }
  }

  /** From the root down: those of the path as it is written, and those that its links lead to. */
  private Set<Path> foldersOf(String what, Path file) {
    if (!file.isAbsolute()) {
      throw problem(what, "the path '" + file + "' is not absolute", "write it from '/' on");
    }
    Set<Path> folders = new LinkedHashSet<>(above(file.normalize()));
    try {
      folders.addAll(above(file.toRealPath()));
    } catch (IOException e) {
      return folders; // that it is not there is said by whoever looks at it next
    }
    return folders;
  }

  private static List<Path> above(Path file) {
    List<Path> folders = new ArrayList<>();
    for (Path each = file.getParent(); each != null; each = each.getParent()) {
      folders.add(0, each);
    }
    return folders;
  }

  private void requireExisting(String what, Path file, Path part) {
    try {
      Files.getAttribute(part, "unix:mode");
    } catch (NoSuchFileException e) {
      throw missing(what, file, part);
    } catch (AccessDeniedException e) {
      throw problem(
          what,
          "this program may not look at '" + part + "'",
          "let it pass the folders above (chmod +x), or move the file");
    } catch (IOException e) {
      throw problem(what, "'" + part + "' cannot be looked at: " + e.getMessage(), "check it");
    }
  }

  private ProblemException missing(String what, Path file, Path part) {
    if (Files.isSymbolicLink(part)) {
      return problem(
          what,
          "'" + part + "' is a link to a file that does not exist",
          "mend the link, or name the file itself");
    }
    return part.equals(file)
        ? problem(what, "'" + file + "' does not exist", "make the file, or correct the path")
        : problem(
            what,
            "'" + file + "' does not exist, because there is no '" + part + "'",
            "make the folder and the file, or correct the path");
  }

  /** Whether owner and mode allow it; lists of access rights are not looked at. */
  private boolean allowed(Path file, int right) {
    UserIds ids = ids();
    if (ids.uid() == 0) {
      return true;
    }
    try {
      Map<String, Object> found = Files.readAttributes(file, "unix:mode,uid,gid");
      long mode = number(found, "mode");
      long uid = number(found, "uid");
      long gid = number(found, "gid");
      int shift = uid == ids.uid() ? 6 : gid == ids.gid() ? 3 : 0;
      return (mode >> shift & right) != 0;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * What the kernel says, which knows other groups and lists of access rights: a process's cost.
   */
  private boolean may(String test, Path file) {
    if (user.isEmpty()) {
      return switch (test) {
        case "-x" -> Files.isExecutable(file);
        case "-w" -> Files.isWritable(file);
        default -> Files.isReadable(file);
      };
    }
    List<String> command = new ArrayList<>(UserIds.switching(user.get()));
    command.addAll(List.of("test", test, file.toString()));
    return ToolProcess.run(command, new byte[0], DEADLINE).exitStatus() == 0;
  }

  private static long number(Map<String, Object> found, String name) {
    return found.get(name) instanceof Number number ? number.longValue() : 0;
  }

  private static int mode(Path file) {
    try {
      return (Integer) Files.getAttribute(file, "unix:mode", new LinkOption[0]);
    } catch (IOException e) {
      return 0;
    }
  }

  private boolean asAnother() {
    return user.isPresent() && ids().uid() != 0;
  }

  private UserIds ids() {
    return user.map(UserIds::of).orElseGet(UserIds::effective);
  }

  private String name() {
    return user.orElseGet(() -> String.valueOf(ids().uid()));
  }

  private String who() {
    return user.map(name -> "QEMU's user '" + name + "'")
        .orElseGet(() -> "QEMU's user, number " + ids().uid() + ",");
  }

  private static ProblemException problem(String what, String reason, String remedy) {
    return new ProblemException(
        ErrorCode.HOST_RESOURCE_MISSING, what + ": " + reason + "; " + remedy + ".");
  }
}
