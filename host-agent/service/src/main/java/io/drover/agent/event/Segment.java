package io.drover.agent.event;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * One file of the spool: frames of length, checksum and bytes. A frame that a crash cut short ends
 * the file; it is removed when the file is opened. Not thread-safe; the spool locks.
 */
final class Segment implements AutoCloseable {
  private static final int HEAD = 8;
  private static final int MAX_FRAME = 8 * 1024 * 1024;

  private final long number;
  private final Path file;
  private final FileChannel channel;
  private long end;

  private Segment(long number, Path file, FileChannel channel) {
    this.number = number;
    this.file = file;
    this.channel = channel;
  }

  static Segment open(Path folder, long number) throws IOException {
    Path file = folder.resolve("%016d.spool".formatted(number));
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    Segment segment = new Segment(number, file, channel);
    segment.dropTornEnd();
    return segment;
  }

  long number() {
    return number;
  }

  /** The offset behind the last whole frame. */
  long end() {
    return end;
  }

  void append(byte[] content) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(HEAD + content.length);
    frame.putInt(content.length).putInt(checksum(content)).put(content).flip();
    long at = end;
    while (frame.hasRemaining()) {
      at += channel.write(frame, at);
    }
    end = at;
  }

  /** The frame at the offset; empty when there is no whole, sound one. */
  Optional<byte[]> read(long offset) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(HEAD);
    if (!fill(head, offset)) {
      return Optional.empty();
    }
    int length = head.getInt(0);
    if (length < 0 || length > MAX_FRAME) {
      return Optional.empty();
    }
    ByteBuffer content = ByteBuffer.allocate(length);
    if (!fill(content, offset + HEAD) || checksum(content.array()) != head.getInt(4)) {
      return Optional.empty();
    }
    return Optional.of(content.array());
  }

  /** The offset behind a frame of this content. */
  static long behind(long offset, byte[] content) {
    return offset + HEAD + content.length;
  }

  void force() throws IOException {
    channel.force(false);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  void delete() throws IOException {
    close();
    Files.deleteIfExists(file);
  }

  private void dropTornEnd() throws IOException {
    long offset = 0;
    for (Optional<byte[]> frame = read(0); frame.isPresent(); frame = read(offset)) {
      offset = behind(offset, frame.get());
    }
    channel.truncate(offset);
    end = offset;
  }

  private boolean fill(ByteBuffer buffer, long from) throws IOException {
    long at = from;
    while (buffer.hasRemaining()) {
      int read = channel.read(buffer, at);
      if (read < 0) {
        return false;
      }
      at += read;
    }
    return true;
  }

  private static int checksum(byte[] content) {
    CRC32C crc = new CRC32C();
    crc.update(content);
    return (int) crc.getValue();
  }
}
