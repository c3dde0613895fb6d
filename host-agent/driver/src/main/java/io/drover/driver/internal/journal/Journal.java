package io.drover.driver.internal.journal;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.DomainId;
import io.drover.driver.internal.resource.ResourceKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
 * The status files of one root. A file is replaced as a whole; the writer of one domain's file is
 * that domain's executor alone.
 */
public final class Journal {
  private static final String SUFFIX = ".xml";
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private final Path folder;
  private final StatusXml form;
  private final JournalObserver observer;

  /**
   * @param folder exists when the journal is first used, and is private to the driver
   * @param kinds the kinds of resources that entries may have records of
   */
  public Journal(Path folder, List<ResourceKind<?>> kinds, JournalObserver observer) {
    this.folder = folder;
    this.form = new StatusXml(kinds);
    this.observer = observer;
  }

  /** An entry, or why a file holds none. */
  public sealed interface Found {
    /** A readable entry. */
    record Entry(JournalEntry entry) implements Found {}

    /** A file that cannot be understood; it is left as it is. */
    record Unreadable(Path file, String why) implements Found {}
  }

  /**
   * Replaces the domain's entry as a whole. It outlives this process at once, and the host once
   * {@link #sync} has returned; no QEMU outlives the host, so starts need not wait for that.
   */
  public void write(JournalEntry entry) {
    observer.changing(entry.id());
    Path file = fileOf(entry.id());
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(fresh);
      try (FileChannel channel =
          FileChannel.open(
              fresh,
              EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PRIVATE)) {
        ByteBuffer bytes = ByteBuffer.wrap(form.write(entry).getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED,
          "The journal in " + folder + " cannot be written; check space and rights.",
          e);
    }
    observer.changed(entry.id());
  }

  /** Puts the domain's entry on stable storage; one that was removed meanwhile is fine. */
  public void sync(DomainId id) {
    try (FileChannel channel = FileChannel.open(fileOf(id), StandardOpenOption.WRITE)) {
      channel.force(true);
      syncFolder();
    } catch (NoSuchFileException e) {
      // Removed together with its domain.
      return;
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED,
          "The journal in " + folder + " cannot be synchronised; check the disk.",
          e);
    }
  }

  /** Removes the domain's entry; absent is fine. */
  public void remove(DomainId id) {
    observer.changing(id);
    try {
      Files.deleteIfExists(fileOf(id));
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED,
          "The journal in " + folder + " cannot be changed; check its rights.",
          e);
    }
    observer.changed(id);
  }

  /** Everything that the journal holds. */
  public List<Found> read() {
    List<Found> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        found.add(read(file));
      }
      return found;
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED,
          "The journal in " + folder + " cannot be read; check its rights.",
          e);
    }
  }

  private Found read(Path file) {
    try {
      return new Found.Entry(form.read(Files.readString(file)));
    } catch (IOException e) {
      return new Found.Unreadable(file, String.valueOf(e.getMessage()));
    }
  }

  private Path fileOf(DomainId id) {
    return folder.resolve(id + SUFFIX);
  }

  private void syncFolder() throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
