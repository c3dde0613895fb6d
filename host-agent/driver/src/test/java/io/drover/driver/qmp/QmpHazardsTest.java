package io.drover.driver.qmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QmpHazardsTest {
  private static final Deadlines SHORT =
      new Deadlines(Duration.ofMillis(150), Duration.ofMillis(300), Duration.ofMillis(150));
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private FakeQmpServer server;
  private Path socket;

  @BeforeEach
  void listen(@TempDir Path folder) throws IOException {
    socket = folder.resolve("qmp");
    server = FakeQmpServer.listening(socket);
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private QmpConnection connect() throws IOException {
    QmpSink sink =
        new QmpSink() {
          @Override
          public void event(QmpEvent event) {
            heard.add(event.name() + "@" + event.at());
          }

          @Override
          public void disconnected() {
            heard.add("disconnected");
          }
        };
    return QmpConnection.connect(
        socket, SHORT, sink, InstantSource.fixed(Instant.EPOCH), "qmp-test");
  }

  @Test
  void linesMayComeInHalvesAndTogether() throws Exception {
    server.on(
        "query-status",
        id -> {
          String reply = FakeQmpServer.reply(id, "{\"running\":false,\"status\":\"paused\"}");
          return List.of(
              FakeQmpServer.event("STOP", "{}") + reply.substring(0, 10), reply.substring(10));
        });
    try (QmpConnection qmp = connect()) {
      assertThat(qmp.execute(RunState.queryStatus()).status()).isEqualTo("paused");
      assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("STOP@2023-11-14T22:13:20.000005Z");
    }
  }

  @Test
  void aServerThatNeverGreetsTimesOut() {
    server.greetWith(" ");
    assertThatThrownBy(this::connect).isInstanceOf(QmpException.TimedOut.class);
  }

  @Test
  void aLateReplyBelongsToNobodyAndHarmsNobody() throws Exception {
    String[] late = new String[1];
    server.on(
        "query-status",
        id -> {
          late[0] = id;
          return List.of();
        });
    try (QmpConnection qmp = connect()) {
      assertThatThrownBy(() -> qmp.execute(RunState.queryStatus()))
          .isInstanceOf(QmpException.TimedOut.class);
      server.emit(FakeQmpServer.reply(late[0], "{\"running\":true,\"status\":\"running\"}"));
      server.answer("query-status", "{\"running\":false,\"status\":\"paused\"}");
      assertThat(qmp.execute(RunState.queryStatus()).status()).isEqualTo("paused");
    }
  }

  @Test
  void aQemuThatOwesTooManyAnswersGetsNoMoreCommands() throws Exception {
    server.on("query-status", id -> List.of());
    try (QmpConnection qmp = connect()) {
      for (int i = 0; i < 16; i++) {
        assertThatThrownBy(() -> qmp.execute(RunState.queryStatus()))
            .isInstanceOf(QmpException.TimedOut.class);
      }
      assertThatThrownBy(() -> qmp.execute(RunState.queryStatus()))
          .hasMessageContaining("was not sent");
    }
  }

  @Test
  void aReplyToNobodyEndsTheSession() throws Exception {
    try (QmpConnection qmp = connect()) {
      server.emit("{\"error\":{\"class\":\"GenericError\",\"desc\":\"JSON parse error\"}}\n");
      assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("disconnected");
      assertThat(qmp.open()).isFalse();
    }
  }

  @Test
  void whatIsNoJsonEndsTheSession() throws Exception {
    try (QmpConnection qmp = connect()) {
      server.emit("hello\n");
      assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("disconnected");
      assertThatThrownBy(() -> qmp.execute(RunState.queryStatus()))
          .isInstanceOf(QmpException.Disconnected.class);
    }
  }

  @Test
  void aListenerThatLostEventsFails() throws Exception {
    try (QmpConnection qmp = connect();
        QmpListener listener = qmp.listen(event -> true)) {
      StringBuilder flood = new StringBuilder();
      for (int i = 0; i < 65; i++) {
        flood.append(FakeQmpServer.event("BLOCK_IO_ERROR", "{}"));
      }
      server.emit(flood.toString());
      qmp.execute(RunState.queryStatus()); // its reply comes after them
      for (int i = 0; i < 64; i++) {
        listener.await(Duration.ofSeconds(1));
      }
      assertThatThrownBy(() -> listener.await(Duration.ofSeconds(1)))
          .isInstanceOf(QmpException.Overflowed.class);
    }
  }

  @Test
  void aSessionThatEndsInTheMiddleOfACommandFailsIt() throws Exception {
    server.on("cont", id -> List.of(FakeQmpServer.CLOSE));
    try (QmpConnection qmp = connect()) {
      assertThatThrownBy(() -> qmp.execute(RunState.cont()))
          .isInstanceOf(QmpException.Disconnected.class);
    }
  }

  @Test
  void anEventWithoutATimeGetsTheTimeOfArrival() throws Exception {
    try (QmpConnection qmp = connect()) {
      server.emit("{\"event\":\"RESUME\",\"timestamp\":{\"seconds\":-1,\"microseconds\":-1}}\n");
      assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("RESUME@1970-01-01T00:00:00Z");
      assertThat(qmp.open()).isTrue();
    }
  }
}
