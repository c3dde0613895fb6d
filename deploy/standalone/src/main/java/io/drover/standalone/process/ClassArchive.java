package io.drover.standalone.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The classes of one JVM, parsed once and mapped at every later start (class data sharing). A JVM
 * that has no archive yet writes it when it ends; that takes it some seconds longer, once.
 */
public final class ClassArchive {
  private static final int KEY_BITS = 32;

  /** An archive serves the class path that it was made with, and no other. */
  private static final String MADE_WITH = "plain class path";

  private final Optional<Path> file;

  private ClassArchive(Optional<Path> file) {
    this.file = file;
  }

  /**
   * The archive of a program; archives of its earlier builds are removed.
   *
   * @param folder of all archives; without one nothing is kept, for a suite that is started once
   * @param program its jars; another size or time of any of them makes another archive
   */
  public static ClassArchive of(Optional<Path> folder, String name, Path program)
      throws IOException {
    return new ClassArchive(
        folder.isEmpty() ? Optional.empty() : Optional.of(file(folder.get(), name, program)));
  }

  private static Path file(Path folder, String name, Path program) throws IOException {
    Files.createDirectories(folder);
    CRC32 key = new CRC32();
    key.update(MADE_WITH.getBytes(StandardCharsets.UTF_8));
    try (Stream<Path> files = Files.walk(program)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".jar")).sorted().toList()) {
        String line = file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file);
        key.update(line.getBytes(StandardCharsets.UTF_8));
      }
    }
    String text = Long.toHexString(key.getValue() | 1L << KEY_BITS).substring(1);
    Path file = folder.resolve(name + "-" + text + ".jsa");
    try (Stream<Path> old = Files.list(folder)) {
      for (Path path : old.toList()) {
        if (path.getFileName().toString().startsWith(name + "-") && !path.equals(file)) {
          Files.delete(path);
        }
      }
    }
    return file;
  }

  private static Path unfinished(Path file) {
    return file.resolveSibling(file.getFileName() + ".unfinished");
  }

  /**
   * What the JVM is told. It maps the archive where it was made for: at an address of chance, which
   * is the default, it writes to every page of it, and none is left that is only a page of a file.
   */
  public List<String> flags() {
    if (file.isEmpty()) {
      return List.of();
    }
    String archive =
        missing()
            ? "-XX:ArchiveClassesAtExit=" + unfinished(file.get())
            : "-XX:SharedArchiveFile=" + file.get();
    return List.of(
        archive,
        "-XX:+UnlockDiagnosticVMOptions",
        "-XX:ArchiveRelocationMode=0",
        "-Xlog:cds=off",
        "-Xlog:cds+dynamic=off");
  }

  /** Whether the next end of the JVM writes the archive. */
  public boolean missing() {
    return file.isPresent() && !Files.exists(file.get());
  }

  /**
   * To be called when the JVM has ended.
   *
   * @param whole whether it was ready once and came to its own end; half an archive is of no use
   */
  public void ended(boolean whole) {
    if (file.isEmpty()) {
      return;
    }
    Path unfinished = unfinished(file.get());
    try {
      if (whole && Files.exists(unfinished)) {
        Files.move(unfinished, file.get(), StandardCopyOption.ATOMIC_MOVE);
      }
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
