package io.drover.driver.internal.isolation;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.internal.process.ProcessIdentity;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;

/**
 * What the next driver finds a namespace again by. Written after it was made: one that was made and
 * not recorded ends by itself.
 *
 * @param name the kernel's, as {@code net:[4026532250]}
 * @param writer its first process
 * @param lease the pipe that it writes to
 */
record NamespaceRecord(String name, ProcessIdentity writer, String bootId, Path lease) {
  static Optional<NamespaceRecord> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties found = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      found.load(reader);
      return Optional.of(
          new NamespaceRecord(
              found.getProperty("name", ""),
              new ProcessIdentity(
                  Long.parseLong(found.getProperty("pid", "0")),
                  Long.parseLong(found.getProperty("startTicks", "0"))),
              found.getProperty("boot", ""),
              file.resolveSibling(found.getProperty("lease", ""))));
    } catch (IOException | IllegalArgumentException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED,
          "The file " + file + " cannot be read; remove it once no domain of this root runs.",
          e);
    }
  }

  void write(Path file) {
    Properties content = new Properties();
    content.setProperty("name", name);
    content.setProperty("pid", Long.toString(writer.pid()));
    content.setProperty("startTicks", Long.toString(writer.startTicks()));
    content.setProperty("boot", bootId);
    content.setProperty("lease", String.valueOf(lease.getFileName()));
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      try (Writer writing = Files.newBufferedWriter(fresh)) {
        content.store(writing, null);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED, "The file " + file + " cannot be written; check space.", e);
    }
  }
}
