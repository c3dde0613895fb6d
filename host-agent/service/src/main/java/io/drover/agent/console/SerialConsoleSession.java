package io.drover.agent.console;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * One guest's console: the last output, those who watch it, and the one who types. The first viewer
 * who wants to write does; when it leaves, the next one does. Thread-safe.
 */
final class SerialConsoleSession {
  static final int BACKLOG = 64 * 1024;
  static final int MAX_VIEWERS = 8;
  private static final int MAX_INPUT = 64 * 1024;
  private static final byte[] WATCHING =
      "\r\n[another console holds the keyboard; this one watches]\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private final ScrollbackBuffer backlog = new ScrollbackBuffer(BACKLOG);
  private final List<ConsoleViewer> viewers = new ArrayList<>();
  private final List<ConsoleViewer> notified = new ArrayList<>();
  private final Deque<ByteBuffer> input = new ArrayDeque<>();
  private int inputBytes;
  private boolean ended;

  /** The guest, or the log of what it printed earlier, has said this. */
  synchronized void received(byte[] bytes) {
    backlog.append(bytes);
    for (ConsoleViewer viewer : viewers) {
      viewer.output(bytes);
    }
  }

  /**
   * Shows the last output, then everything that follows, without a gap and without repetition.
   *
   * @return whether there was room for one more viewer; nothing is shown otherwise
   */
  synchronized boolean join(ConsoleViewer viewer) {
    if (viewers.size() >= MAX_VIEWERS) {
      return false;
    }
    byte[] last = backlog.content();
    if (last.length > 0) {
      viewer.printedBefore(last);
    }
    if (ended) {
      viewer.ended("The domain has stopped.");
    } else {
      viewers.add(viewer);
    }
    return true;
  }

  synchronized void leave(ConsoleViewer viewer) {
    viewers.remove(viewer);
    notified.remove(viewer);
  }

  /**
   * Takes what a viewer typed. Input beyond what the guest is ready for is lost, as on any serial
   * line.
   *
   * @return whether there is something new to send
   */
  synchronized boolean type(ConsoleViewer viewer, byte[] bytes) {
    Optional<ConsoleViewer> writer =
        viewers.stream().filter(ConsoleViewer::wantsToWrite).findFirst();
    if (writer.isEmpty() || writer.get() != viewer) {
      if (viewer.wantsToWrite() && !notified.contains(viewer)) {
        notified.add(viewer);
        viewer.output(WATCHING);
      }
      return false;
    }
    if (ended || inputBytes + bytes.length > MAX_INPUT) {
      return false;
    }
    input.addLast(ByteBuffer.wrap(bytes));
    inputBytes += bytes.length;
    return true;
  }

  /** The next input for the guest; empty when there is none. Only the reader's thread takes it. */
  synchronized Optional<ByteBuffer> pendingInput() {
    while (!input.isEmpty() && !input.getFirst().hasRemaining()) {
      inputBytes -= input.removeFirst().capacity();
    }
    return Optional.ofNullable(input.peekFirst());
  }

  synchronized void end() {
    ended = true;
    viewers.forEach(viewer -> viewer.ended("The domain has stopped."));
    viewers.clear();
    notified.clear();
  }
}
