package io.drover.gateway.stream;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/**
 * Where a stream is: the next offset of each partition. It grows with the partitions: one that it
 * does not name is at its beginning. Its text is opaque to clients. Not thread-safe; one stream
 * owns it.
 */
final class StreamPosition {
  private static final byte FORM = 1;
  private static final int MAX_TEXT = 8_192;
  private static final int MAX_PARTITIONS = 1_024;

  private long[] next;

  private StreamPosition(long[] next) {
    this.next = next;
  }

  static StreamPosition of(Map<Integer, Long> offsets) {
    int last = offsets.keySet().stream().mapToInt(Integer::intValue).max().orElse(-1);
    long[] next = new long[last + 1];
    for (int partition = 0; partition < next.length; partition++) {
      next[partition] = offsets.getOrDefault(partition, 0L);
    }
    return new StreamPosition(next);
  }

  /**
   * Reads a Last-Event-ID, which may be of a time with fewer partitions, or fails with {@code
   * INVALID_REQUEST}.
   */
  static StreamPosition parse(String text, int partitions) {
    if (text.length() > MAX_TEXT) {
      throw invalid();
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      if (bytes.get() != FORM) {
        throw invalid();
      }
      long named = readNumber(bytes);
      if (named < 1 || named > Math.min(partitions, MAX_PARTITIONS)) {
        throw invalid();
      }
      long[] next = new long[(int) named];
      for (int partition = 0; partition < named; partition++) {
        next[partition] = readNumber(bytes);
      }
      if (bytes.hasRemaining()) {
        throw invalid();
      }
      return new StreamPosition(next);
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      throw invalid();
    }
  }

  static ProblemException invalid() {
    return new ProblemException(
        ErrorCode.INVALID_REQUEST,
        "The Last-Event-ID is not one that this stream gave; start again without it.");
  }

  int partitions() {
    return next.length;
  }

  long next(int partition) {
    return partition < next.length ? next[partition] : 0;
  }

  /** Moves past a record; false when the position was past it already. */
  boolean advance(int partition, long offset) {
    if (offset < next(partition)) {
      return false;
    }
    raise(partition, offset + 1);
    return true;
  }

  /** Moves forward to this offset, never back. */
  void raise(int partition, long offset) {
    if (partition >= next.length) {
      next = Arrays.copyOf(next, partition + 1);
    }
    next[partition] = Math.max(next[partition], offset);
  }

  /**
   * Whether nothing between that position and this one is missing from a stream that starts there.
   */
  boolean reaches(StreamPosition other) {
    for (int partition = 0; partition < other.next.length; partition++) {
      if (next(partition) < other.next(partition)) {
        return false;
      }
    }
    return true;
  }

  StreamPosition copy() {
    return new StreamPosition(next.clone());
  }

  String text() {
    ByteBuffer bytes = ByteBuffer.allocate(8 + next.length * 9);
    bytes.put(FORM);
    writeNumber(bytes, next.length);
    for (long offset : next) {
      writeNumber(bytes, offset);
    }
    byte[] written = new byte[bytes.position()];
    bytes.flip().get(written);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(written);
  }

  /** Seven bits a byte, the lowest first; the top bit says that more follow. */
  private static void writeNumber(ByteBuffer into, long number) {
    long rest = number;
    while (rest > 0x7f) {
      into.put((byte) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    into.put((byte) rest);
  }

  private static long readNumber(ByteBuffer from) {
    long number = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      byte part = from.get();
      number |= (long) (part & 0x7f) << shift;
      if (part >= 0) {
        return number;
      }
    }
    throw invalid();
  }
}
