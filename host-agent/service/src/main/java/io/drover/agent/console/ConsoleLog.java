package io.drover.agent.console;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The file in which QEMU keeps all that a console prints, whether anybody reads the socket or not.
 * QEMU appends to it, so it may be emptied under QEMU's hands.
 */
final class ConsoleLog {
  private static final long LIMIT = 8L * 1024 * 1024;

  private final Path file;

  ConsoleLog(Path file) {
    this.file = file;
  }

  /** The last bytes; nothing when there is no log yet. */
  byte[] tail(int limit) throws IOException {
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

  /** Keeps a guest from filling the host's disk: one older file is kept beside this one. */
  void limit() throws IOException {
    if (Files.exists(file) && Files.size(file) > LIMIT) {
      Path older = file.resolveSibling(file.getFileName() + ".1");
      Files.copy(file, older, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
        out.truncate(0);
      }
    }
  }
}
