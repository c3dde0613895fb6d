package io.drover.standalone.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
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

  private final Path file;
  private final Path unfinished;

  private ClassArchive(Path file) {
    this.file = file;
    this.unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
  }

  /**
   * The archive of a program; archives of its earlier builds are removed.
   *
   * @param folder of all archives
   * @param program its jars; another size or time of any of them makes another archive
   */
  public static ClassArchive of(Path folder, String name, Path program) throws IOException {
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
    return new ClassArchive(file);
  }

  /** What the JVM is told. */
  public List<String> flags() {
    return Files.exists(file)
        ? List.of("-XX:SharedArchiveFile=" + file, "-Xlog:cds=off", "-Xlog:cds+dynamic=off")
        : List.of(
            "-XX:ArchiveClassesAtExit=" + unfinished, "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
  }

  /** Whether the next end of the JVM writes the archive. */
  public boolean missing() {
    return !Files.exists(file);
  }

  /**
   * To be called when the JVM has ended.
   *
   * @param whole whether it was ready once and came to its own end; half an archive is of no use
   */
  public void ended(boolean whole) {
    try {
      if (whole && Files.exists(unfinished)) {
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
