package io.drover.standalone.cluster;

import io.drover.standalone.process.SystemCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Where the files of a data folder are that processes of other accounts open: the root of the
 * agent, for QEMU, and PostgreSQL's. The data folder is closed to them. So a suite of root keeps
 * them in a folder of the system, which others may pass through and not read, with links to it in
 * the data folder; for everybody else all processes are their own, and it is the data folder.
 *
 * @param path absolute
 */
record HostFolder(Path path) {
  static final String AGENT = "h";
  static final String POSTGRESQL = "postgresql";

  private static final Path SYSTEM = Path.of("/var/lib/drover");
  private static final List<String> PARTS = List.of(AGENT, POSTGRESQL);
  private static final String PASSABLE = "rwx--x--x";
  private static final int HASH_DIGITS = 10; // short, because sockets lie below

  /** The one of the data folder, whether it exists or not. */
  static HostFolder of(Path data) {
    if (!isRoot()) {
      return new HostFolder(data);
    }
    return linked(data).orElseGet(() -> new HostFolder(SYSTEM.resolve(hash(data))));
  }

  static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** The root of a host's agent; one that is not the first is made at the first use. */
  Path root(ClusterHost host) throws IOException {
    Path root = path.resolve(host.folder());
    if (ofSystem()) {
      makePassable(root);
    }
    return root;
  }

  Path postgresql() {
    return path.resolve(POSTGRESQL);
  }

  /** Whether it is apart from the data folder. */
  boolean ofSystem() {
    return path.startsWith(SYSTEM);
  }

  /**
   * Makes what is missing of it; moves what an earlier version kept in the data folder.
   *
   * @param progress hears where it is, when it is apart from the data folder
   * @throws IOException when a guest uses what would be moved or removed
   */
  static HostFolder prepare(Path data, StartProgress progress)
      throws IOException, InterruptedException {
    HostFolder folder = of(data);
    if (folder.ofSystem()) {
      if (linked(data).isEmpty() && Files.exists(folder.path)) {
        folder.removeOfAnEarlierFolder(data);
      }
      makePassable(SYSTEM);
      makePassable(folder.path);
      for (String part : PARTS) {
        folder.link(data.resolve(part), folder.path.resolve(part));
      }
      progress.note("Disks, sockets and logs of guests, and PostgreSQL's files: " + folder.path);
    }
    return folder;
  }

  /** Somebody has removed the data folder without {@code ./run --clean}. */
  private void removeOfAnEarlierFolder(Path data) throws IOException {
    requireNoGuest(path, "which a data folder " + data + " had that is no more");
    DataFolder.removeTree(path);
  }

  private void link(Path link, Path target) throws IOException, InterruptedException {
    if (Files.isSymbolicLink(link)) {
      makePassable(target);
      return;
    }
    if (Files.isDirectory(link, LinkOption.NOFOLLOW_LINKS)) {
      requireNoGuest(link, "which an earlier version kept there and this one moves to " + target);
      SystemCommand.require(List.of("mv", "-T", link.toString(), target.toString()));
    }
    makePassable(target);
    Files.createSymbolicLink(link, target);
  }

  private static void requireNoGuest(Path folder, String why) throws IOException {
    List<ProcessHandle> guests = Guests.naming(folder);
    if (!guests.isEmpty()) {
      throw new IOException(
          "The guest of process "
              + guests.get(0).pid()
              + " has its files in "
              + folder
              + ", "
              + why
              + "; power it off or end it (kill "
              + guests.get(0).pid()
              + "), then start again");
    }
  }

  private static Optional<HostFolder> linked(Path data) {
    for (String part : PARTS) {
      try {
        Path target = Files.readSymbolicLink(data.resolve(part));
        Path parent = target.getParent();
        if (parent != null && SYSTEM.equals(parent.getParent())) {
          return Optional.of(new HostFolder(parent));
        }
      } catch (IOException e) {
        // No link there: the next one, or the folder of a first start.
      }
    }
    return Optional.empty();
  }

  /** Of root, who alone may write above it. */
  private static void makePassable(Path folder) throws IOException {
    try {
      Files.createDirectory(folder);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        throw new IOException(folder + " is no folder; remove it, then start again", e);
      }
    }
    // Not at the creation, where the umask takes rights.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(PASSABLE));
  }

  private static String hash(Path data) {
    try {
      byte[] name = data.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(name);
      return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
