package io.drover.agent.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

/**
 * The files in which the latest is kept that a console has printed, whether anybody reads the
 * socket or not.
 */
final class ConsoleLog {
  private static final long LIMIT = 8L * 1024 * 1024;

  private final Path file;

  ConsoleLog(Path file) {
    this.file = file;
  }

  /** The last bytes, of the older file too; nothing when there is no log yet. */
  byte[] tail(int limit) throws IOException {
    ByteArrayOutputStream tail = new ByteArrayOutputStream();
    for (Path each : oldestFirst()) {
      tail.writeBytes(tail(each, limit));
    }
    byte[] all = tail.toByteArray();
    return Arrays.copyOfRange(all, Math.max(0, all.length - limit), all.length);
  }

  /** When one is full the driver goes on in the other. */
  private List<Path> oldestFirst() throws IOException {
    Path other = older();
    if (!Files.exists(other)) {
      return List.of(file);
    }
    boolean inOrder =
        !Files.exists(file)
            || Files.getLastModifiedTime(other).compareTo(Files.getLastModifiedTime(file)) <= 0;
    return inOrder ? List.of(other, file) : List.of(file, other);
  }

  private Path older() {
    return file.resolveSibling(file.getFileName() + ".1");
  }

  private static byte[] tail(Path file, int limit) throws IOException {
    if (!Files.exists(file)) {
      return new byte[0];
    }
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      long from = Math.max(0, in.size() - limit);
      ByteBuffer tail = ByteBuffer.allocate((int) (in.size() - from));
      long at = from;
      while (tail.hasRemaining()) {
        int read = in.read(tail, at);
        if (read < 0) {
          break;
        }
        at += read;
      }
      byte[] bytes = new byte[tail.position()];
      tail.flip().get(bytes);
      return bytes;
    }
  }

  /**
   * Keeps a guest from filling the host's disk whose QEMU was started by an older driver, and
   * writes the file itself: one older file is kept beside this one.
   */
  void limit() throws IOException {
    if (Files.exists(file) && Files.size(file) > LIMIT) {
      Files.copy(file, older(), StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
        out.truncate(0);
      }
    }
  }
}
