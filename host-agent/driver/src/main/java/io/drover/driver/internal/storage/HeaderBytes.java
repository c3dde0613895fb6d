package io.drover.driver.internal.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The first bytes of an image; what is asked for beyond them is {@link MalformedImage}. */
final class HeaderBytes {
  /** A cluster of QEMU's default size, in which headers, extensions and names are. */
  static final int NEEDED = 64 * 1024;

  /** The largest cluster of qcow2, for images that say that they have larger ones. */
  private static final int MOST = 2 * 1024 * 1024;

  private final ByteBuffer bytes;

  private HeaderBytes(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  static HeaderBytes of(byte[] start) {
    return new HeaderBytes(ByteBuffer.wrap(start.clone()));
  }

  /**
   * Reads them.
   *
   * @param from where the image begins in the file
   */
  static HeaderBytes read(Path image, long from) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(image)) {
      HeaderBytes first = read(channel, from, NEEDED);
      boolean large = first.startsWith("QFI\u00fb") && first.has(20, 4) && first.u32(20) > 16;
      return large ? read(channel, from, MOST) : first;
    }
  }

  private static HeaderBytes read(SeekableByteChannel channel, long from, int most)
      throws IOException {
    channel.position(from);
    ByteBuffer buffer = ByteBuffer.allocate(most);
    while (buffer.hasRemaining() && channel.read(buffer) > 0) {
      // until it is full or the image ends
    }
    buffer.flip();
    return new HeaderBytes(buffer.slice());
  }

  long size() {
    return bytes.limit();
  }

  boolean has(long at, long length) {
    return at >= 0 && length >= 0 && at <= bytes.limit() - length;
  }

  /** Whether it begins with these characters, each for one byte. */
  boolean startsWith(String magic) {
    byte[] wanted = magic.getBytes(StandardCharsets.ISO_8859_1);
    return has(0, wanted.length) && Arrays.equals(bytes(0, wanted.length), wanted);
  }

  byte[] bytes(long at, int length) {
    require(at, length);
    byte[] found = new byte[length];
    bytes.get((int) at, found);
    return found;
  }

  String ascii(long at, long length) {
    require(at, length);
    return new String(bytes(at, (int) length), StandardCharsets.ISO_8859_1);
  }

  long u32(long at) {
    require(at, 4);
    return Integer.toUnsignedLong(bytes.order(ByteOrder.BIG_ENDIAN).getInt((int) at));
  }

  long u32Little(long at) {
    require(at, 4);
    return Integer.toUnsignedLong(bytes.order(ByteOrder.LITTLE_ENDIAN).getInt((int) at));
  }

  long u64(long at) {
    require(at, 8);
    return bytes.order(ByteOrder.BIG_ENDIAN).getLong((int) at);
  }

  long u64Little(long at) {
    require(at, 8);
    return bytes.order(ByteOrder.LITTLE_ENDIAN).getLong((int) at);
  }

  private void require(long at, long length) {
    if (!has(at, length)) {
      throw new MalformedImage("its header points beyond the header or is cut off");
    }
  }
}
