package io.drover.driver.internal.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The last words of one run of QEMU: what its log got since the run began, at most 8 kB. */
public final class LogTail {
  private static final int MAX_BYTES = 8 * 1024;
  private final Path log;
  private final long from;

  private LogTail(Path log, long from) {
    this.log = log;
    this.from = from;
  }

  /** Everything that is written from now on. */
  public static LogTail fromNow(Path log) {
    return new LogTail(log, sizeOf(log));
  }

  /** Everything that the log holds. */
  public static LogTail whole(Path log) {
    return new LogTail(log, 0);
  }

  private static long sizeOf(Path log) {
    try {
      return Files.exists(log) ? Files.size(log) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  public String read() {
    long begin = Math.max(from, sizeOf(log) - MAX_BYTES);
    ByteBuffer words = ByteBuffer.allocate(MAX_BYTES);
    try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ)) {
      channel.position(begin);
      while (words.hasRemaining() && channel.read(words) >= 0) {}
    } catch (IOException e) {
      return "(the log " + log.getFileName() + " cannot be read)";
    }
    return new String(words.array(), 0, words.position(), StandardCharsets.UTF_8).strip();
  }
}
