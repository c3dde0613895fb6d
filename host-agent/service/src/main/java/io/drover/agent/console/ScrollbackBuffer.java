package io.drover.agent.console;

/** The last bytes of a console, up to a limit. Not thread-safe; the line locks. */
final class ScrollbackBuffer {
  private final byte[] ring;
  private int next;
  private int length;

  ScrollbackBuffer(int limit) {
    this.ring = new byte[limit];
  }

  void append(byte[] bytes) {
    int from = Math.max(0, bytes.length - ring.length);
    for (int i = from; i < bytes.length; i++) {
      ring[next] = bytes[i];
      next = (next + 1) % ring.length;
    }
    length = Math.min(ring.length, length + bytes.length - from);
  }

  byte[] content() {
    byte[] content = new byte[length];
    int first = (next - length + ring.length) % ring.length;
    for (int i = 0; i < length; i++) {
      content[i] = ring[(first + i) % ring.length];
    }
    return content;
  }
}
