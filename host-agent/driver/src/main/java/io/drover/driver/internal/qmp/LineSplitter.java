package io.drover.driver.internal.qmp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/** Cuts the stream into lines, however the packets fall; a line has a limit. */
final class LineSplitter {
  private static final int FIRST_BYTES = 8 * 1024;
  private final int maxLineBytes;
  private byte[] line = new byte[FIRST_BYTES];
  private int length;

  LineSplitter(int maxLineBytes) {
    this.maxLineBytes = maxLineBytes;
  }

  /** Takes all of {@code packet} and hands out the lines that it completes, without their ends. */
  void feed(ByteBuffer packet, Consumer<byte[]> lines) {
    while (packet.hasRemaining()) {
      byte next = packet.get();
      if (next == '\n') {
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        byte[] whole = Arrays.copyOf(line, end);
        length = 0;
        if (end > 0) {
          lines.accept(whole);
        }
      } else {
        append(next);
      }
    }
  }

  private void append(byte next) {
    if (length == maxLineBytes) {
      throw new QmpException.Malformed("A line is longer than " + maxLineBytes + " bytes");
    }
    if (length == line.length) {
      line = Arrays.copyOf(line, Math.min(line.length * 2, maxLineBytes));
    }
    line[length++] = next;
  }
}
