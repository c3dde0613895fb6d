package io.drover.standalone.suite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** One launcher for each data folder; the kernel frees the lock when its holder dies. */
final class DataFolderLock implements AutoCloseable {
  private final FileChannel channel;

  private DataFolderLock(FileChannel channel) {
    this.channel = channel;
  }

  static DataFolderLock take(Path runFolder) throws IOException {
    Path file = runFolder.resolve("launcher.lock");
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      String holder = Files.readString(runFolder.resolve("launcher.txt")).strip();
      throw new IOException(
          "The suite of this data folder is already running (process "
              + holder
              + "); end that one with Ctrl-C, or use its URLs");
    }
    Files.writeString(runFolder.resolve("launcher.txt"), ProcessHandle.current().pid() + "\n");
    return new DataFolderLock(channel);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // This very JVM holds it.
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
