package io.drover.driver.internal.define;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * libvirt's tree of persistent definitions: {@code NAME.xml}, and {@code autostart/NAME.xml} as a
 * link to it. Each file is replaced as a whole and on stable storage when a call returns. One
 * writer at a time.
 */
final class DefinitionFiles {
  private static final String SUFFIX = ".xml";
  private static final String UNFINISHED = ".new";

  /** Of a name in Linux's file systems. */
  private static final int MAX_NAME_BYTES = 255;

  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private final Path folder;
  private final Path autostart;

  /**
   * @param folder exists, and is private to the driver
   */
  DefinitionFiles(Path folder) {
    this.folder = folder;
    this.autostart = folder.resolve("autostart");
  }

  /** A definition, or why a file holds none. */
  sealed interface Found {
    /** A readable definition. */
    record Definition(DomainDefinition definition, boolean autostart) implements Found {}

    /** A file that cannot be understood; it is left as it is. */
    record Unreadable(String name, Path file, String why) implements Found {}
  }

  /** Everything that there is, in the order of the names. */
  List<Found> read() {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      all.forEach(files::add);
    } catch (IOException e) {
      throw failed("read", e);
    }
    return files.stream().sorted().map(this::read).toList();
  }

  private Found read(Path file) {
    String fileName = String.valueOf(file.getFileName());
    String name = fileName.substring(0, fileName.length() - SUFFIX.length());
    try {
      DomainDefinition definition = DomainXml.read(Files.readAllBytes(file));
      if (!definition.name().equals(name)) {
        return new Found.Unreadable(
            name, file, "it defines the domain '" + definition.name() + "'");
      }
      if (definition.uuid() == null) {
        return new Found.Unreadable(name, file, "its domain has no uuid");
      }
      return new Found.Definition(definition, starts(name));
    } catch (IOException | ProblemException e) {
      return new Found.Unreadable(name, file, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Refuses a name that no file can have.
   *
   * @throws ProblemException {@code INVALID_DEFINITION}
   */
  static void requireName(String name) {
    int bytes = (name + SUFFIX + UNFINISHED).getBytes(StandardCharsets.UTF_8).length;
    boolean nameable =
        !name.isEmpty()
            && !name.equals(".")
            && !name.equals("..")
            && name.indexOf('/') < 0
            && name.chars().noneMatch(Character::isISOControl);
    if (!nameable) {
      throw new ProblemException(
          ErrorCode.INVALID_DEFINITION,
          "'"
              + name.replaceAll("\\p{Cntrl}", "?")
              + "' cannot name a persistent domain; use a name without '/' and control characters,"
              + " other than '.' and '..'.");
    }
    if (bytes > MAX_NAME_BYTES) {
      throw new ProblemException(
          ErrorCode.INVALID_DEFINITION,
          "The name '"
              + name
              + "' is too long for the file of a persistent domain; use at most "
              + (MAX_NAME_BYTES - SUFFIX.length() - UNFINISHED.length())
              + " bytes.");
    }
  }

  void write(DomainDefinition definition) {
    Path file = fileOf(definition.name());
    Path fresh = file.resolveSibling(file.getFileName() + UNFINISHED);
    try {
      Files.deleteIfExists(fresh);
      try (FileChannel channel =
          FileChannel.open(
              fresh,
              EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PRIVATE)) {
        ByteBuffer bytes =
            ByteBuffer.wrap(DomainXml.write(definition).getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      sync(folder);
    } catch (IOException e) {
      throw failed("written", e);
    }
  }

  /** Removes a definition and its link; absent is fine. */
  void remove(String name) {
    try {
      setStarts(name, false);
      if (Files.deleteIfExists(fileOf(name))) {
        sync(folder);
      }
    } catch (IOException e) {
      throw failed("changed", e);
    }
  }

  private boolean starts(String name) {
    return Files.exists(autostart.resolve(name + SUFFIX), LinkOption.NOFOLLOW_LINKS);
  }

  /** Makes or removes the link by which a domain starts with the host. */
  void setStarts(String name, boolean starts) {
    try {
      Path link = autostart.resolve(fileOf(name).getFileName());
      if (starts == starts(name)) {
        return;
      }
      if (starts) {
        Files.createDirectories(autostart, PRIVATE_FOLDER);
        Files.createSymbolicLink(link, fileOf(name));
      } else {
        Files.delete(link);
      }
      sync(autostart);
    } catch (IOException e) {
      throw failed("changed", e);
    }
  }

  private Path fileOf(String name) {
    try {
      return folder.resolve(name + SUFFIX);
    } catch (InvalidPathException e) {
      throw new ProblemException(
          ErrorCode.INVALID_DEFINITION,
          "The name '"
              + name
              + "' cannot be that of a file in this program's locale; run it with a UTF-8 locale,"
              + " or use ASCII.",
          e);
    }
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private ProblemException failed(String what, IOException cause) {
    return new ProblemException(
        ErrorCode.STORAGE_FAILED,
        "The definitions in " + folder + " cannot be " + what + "; check space and rights.",
        cause);
  }
}
