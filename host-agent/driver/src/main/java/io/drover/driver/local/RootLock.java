package io.drover.driver.local;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps a root to one driver: the kernel frees it when the process dies, however it dies. */
final class RootLock implements AutoCloseable {
  /**
   * The kernel's lock belongs to the process and would be lost by merely opening the file a second
   * time in it, so the process remembers for itself.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private RootLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Takes the lock or says which process has it. */
  static RootLock take(Path state) {
    Path file = state.resolve("driver.pid");
    if (!HELD.add(file)) {
      throw taken(state, Long.toString(ProcessHandle.current().pid()));
    }
    try {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        String holder = Files.readString(file).strip();
        channel.close();
        throw taken(state, holder);
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
      return new RootLock(file, channel);
    } catch (IOException e) {
      HELD.remove(file);
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED, "The lock " + file + " cannot be taken.", e);
    } catch (RuntimeException e) {
      HELD.remove(file);
      throw e;
    }
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
    try {
      channel.close();
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED, "The lock " + file + " cannot be given up.", e);
    } finally {
      HELD.remove(file);
    }
  }
}
