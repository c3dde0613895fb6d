package io.drover.driver.internal.folder;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps a root to one driver: the kernel frees it when the process dies, however it dies. */
public final class RootLock implements AutoCloseable {
  /**
   * The kernel's lock belongs to the process and would be lost by merely opening the file a second
   * time in it, so the process remembers for itself.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  /** Whoever may read a file may keep others from locking it. */
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final int ATTEMPTS = 5;

  private final Path file;
  private final FileChannel channel;

  private RootLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Takes the lock or says which process has it. */
  public static RootLock take(Path state) {
    Path file = lockIn(state);
    if (!HELD.add(file)) {
      throw taken(state, Long.toString(ProcessHandle.current().pid()));
    }
    try {
      makeSure(file);
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        String before = identityOf(file);
        FileChannel channel = locked(file, state);
        if (identityOf(file).equals(before)) {
          return new RootLock(file, channel);
        }
        // Its holder has purged the root between our opening the file and locking it.
        channel.close();
      }
      throw taken(state, "that purges it");
    } catch (IOException e) {
      HELD.remove(file);
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED,
          "Locking " + file + " failed; check its rights, and that its file system has locks.",
          e);
    } catch (RuntimeException e) {
      HELD.remove(file);
      throw e;
    }
  }

  /** One name for each file, whatever links lead to it. */
  private static Path lockIn(Path state) {
    try {
      return state.toRealPath().resolve("driver.pid");
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED,
          "The folder " + state + " cannot be opened; check its rights.",
          e);
    }
  }

  private static void makeSure(Path file) throws IOException {
    try {
      Files.createFile(file, PRIVATE);
    } catch (FileAlreadyExistsException e) {
      Files.setPosixFilePermissions(file, PRIVATE.value());
    }
  }

  private static FileChannel locked(Path file, Path state) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            PRIVATE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      String holder = Files.readString(file).strip();
      channel.close();
      throw taken(state, holder.isEmpty() ? "that is opening it" : holder);
    }
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(ourNumber().getBytes(StandardCharsets.US_ASCII)));
    return channel;
  }

  /** The file itself, whatever its name; merely looked at, because opening it costs the lock. */
  private static String identityOf(Path file) throws IOException {
    return Files.exists(file)
        ? Files.getAttribute(file, "unix:ino") + " of " + Files.getAttribute(file, "unix:dev")
        : "none";
  }

  private static String ourNumber() {
    return ProcessHandle.current().pid() + "\n";
  }

  private static ProblemException taken(Path state, String holder) {
    return new ProblemException(
        ErrorCode.IN_USE,
        "The root of "
            + state
            + " is held by the process "
            + holder
            + "; close that driver or use another root.");
  }

  @Override
  public void close() {
    if (!channel.isOpen()) {
      // Closed before: the root may be another driver's by now.
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      throw new ProblemException(ErrorCode.STORAGE_FAILED, "Unlocking " + file + " failed.", e);
    } finally {
      HELD.remove(file);
    }
  }
}
