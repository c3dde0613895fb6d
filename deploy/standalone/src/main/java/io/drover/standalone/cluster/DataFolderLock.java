package io.drover.standalone.cluster;

import io.drover.standalone.process.ChildIdentity;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One launcher for each data folder; the kernel frees the lock when its holder dies. */
final class DataFolderLock implements AutoCloseable {
  private static final String HOLDER = "launcher.txt";
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
      String holder =
          holder(runFolder).map(process -> " (process " + process.pid() + ")").orElse("");
      throw new IOException(
          "The suite of this data folder is already running"
              + holder
              + "; end that one with Ctrl-C or ./run --stop, or use its URLs");
    }
    Files.writeString(
        runFolder.resolve(HOLDER),
        ChildIdentity.of(ProcessHandle.current().pid()).map(ChildIdentity::text).orElse("") + "\n");
    return new DataFolderLock(channel);
  }

  /** The launcher that holds the lock, or held it last and still runs. */
  static Optional<ProcessHandle> holder(Path runFolder) throws IOException {
    Path file = runFolder.resolve(HOLDER);
    return Files.exists(file)
        ? ChildIdentity.parse(Files.readString(file)).flatMap(ChildIdentity::find)
        : Optional.empty();
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
