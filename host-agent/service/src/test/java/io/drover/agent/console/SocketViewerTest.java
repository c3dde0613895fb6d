package io.drover.agent.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SocketViewerTest {
  private static final byte[] KIB = new byte[1024];
  private final Holding way = new Holding();

  @Test
  void oneThatReadsNothingIsCutOffAfter64KibAndGetsNothingMore() {
    SocketViewer viewer = new SocketViewer(way, true, true);
    viewer.printedBefore(new byte[SerialConsoleSession.BACKLOG]);
    for (int i = 0; i < 64; i++) {
      viewer.output(KIB);
    }
    assertThat(way.closed).isEmpty();
    viewer.output(new byte[1]);
    viewer.output(KIB);
    viewer.ended("The domain has stopped.");
    assertThat(way.closed).containsExactly("4408 This console reads too slowly.");
    assertThat(way.waiting).hasSize(65);
  }

  @Test
  void oneThatReadsIsNeverCutOff() {
    SocketViewer viewer = new SocketViewer(way, true, true);
    for (int i = 0; i < 1000; i++) {
      viewer.output(KIB);
      way.waiting.remove(0).run();
    }
    assertThat(way.closed).isEmpty();
  }

  @Test
  void oneThatContinuesGetsNothingOfBefore() {
    SocketViewer viewer = new SocketViewer(way, true, false);
    viewer.printedBefore(KIB);
    assertThat(way.waiting).isEmpty();
  }

  /** Sends when the test says so. */
  private static final class Holding implements SocketViewer.Way {
    private final List<Runnable> waiting = new ArrayList<>();
    private final List<String> closed = new ArrayList<>();

    @Override
    public void send(byte[] bytes, Runnable sent, Consumer<Throwable> failed) {
      waiting.add(sent);
    }

    @Override
    public void close(int code, String reason, Consumer<Throwable> failed) {
      closed.add(code + " " + reason);
    }
  }
}
