package io.drover.agent.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SerialConsoleSessionTest {
  private final SerialConsoleSession line = new SerialConsoleSession();

  @Test
  void aLateViewerSeesWhatWasPrintedBeforeAndEachByteOnce() {
    line.received(bytes("booting\n"));
    Recorder viewer = new Recorder(false);
    line.join(viewer);
    line.received(bytes("login: "));
    assertThat(viewer.text()).isEqualTo("booting\nlogin: ");
  }

  @Test
  void onlyTheLast64KibAreKept() {
    line.received(new byte[SerialConsoleSession.BACKLOG]);
    line.received(bytes("end"));
    Recorder viewer = new Recorder(false);
    line.join(viewer);
    assertThat(viewer.text()).hasSize(SerialConsoleSession.BACKLOG).endsWith("end");
  }

  @Test
  void theFirstWriterTypesAndTheSecondIsToldOnce() {
    Recorder first = new Recorder(true);
    Recorder second = new Recorder(true);
    line.join(first);
    line.join(second);
    assertThat(line.type(second, bytes("x"))).isFalse();
    assertThat(line.type(second, bytes("x"))).isFalse();
    assertThat(line.type(first, bytes("ls\n"))).isTrue();
    assertThat(second.text()).containsOnlyOnce("holds the keyboard");
    assertThat(line.pendingInput().orElseThrow().remaining()).isEqualTo(3);
  }

  @Test
  void theNextWriterTakesOverWhenTheFirstLeaves() {
    Recorder first = new Recorder(true);
    Recorder second = new Recorder(true);
    line.join(first);
    line.join(second);
    line.leave(first);
    assertThat(line.type(second, bytes("x"))).isTrue();
  }

  @Test
  void aViewerNeverTypes() {
    Recorder viewer = new Recorder(false);
    line.join(viewer);
    assertThat(line.type(viewer, bytes("x"))).isFalse();
  }

  @Test
  void inputThatTheGuestDoesNotTakeIsLimited() {
    Recorder writer = new Recorder(true);
    line.join(writer);
    assertThat(line.type(writer, new byte[64 * 1024])).isTrue();
    assertThat(line.type(writer, bytes("x"))).isFalse();
  }

  @Test
  void aNinthViewerIsNotTakenUntilOneLeaves() {
    Recorder first = new Recorder(true);
    line.join(first);
    for (int more = 1; more < SerialConsoleSession.MAX_VIEWERS; more++) {
      assertThat(line.join(new Recorder(false))).isTrue();
    }
    line.received(bytes("login: "));
    Recorder ninth = new Recorder(false);
    assertThat(line.join(ninth)).isFalse();
    assertThat(ninth.text()).isEmpty();
    line.leave(first);
    assertThat(line.join(ninth)).isTrue();
  }

  @Test
  void viewersHearThatTheDomainHasStopped() {
    Recorder early = new Recorder(true);
    line.join(early);
    line.end();
    Recorder late = new Recorder(true);
    line.join(late);
    assertThat(early.ended).isTrue();
    assertThat(late.ended).isTrue();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static final class Recorder implements ConsoleViewer {
    private final StringBuilder seen = new StringBuilder();
    private final boolean writes;
    private boolean ended;

    Recorder(boolean writes) {
      this.writes = writes;
    }

    String text() {
      return seen.toString();
    }

    @Override
    public void printedBefore(byte[] bytes) {
      output(bytes);
    }

    @Override
    public void output(byte[] bytes) {
      seen.append(new String(bytes, StandardCharsets.US_ASCII));
    }

    @Override
    public void ended(String reason) {
      ended = true;
    }

    @Override
    public boolean wantsToWrite() {
      return writes;
    }
  }
}
