package io.drover.driver.internal.qmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.QmpDeadlines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class QmpHazardsIT {
  /** Only what a test wants to see time out is impatient: this machine may be busy. */
  private static final QmpDeadlines IMPATIENT_QUERIES =
      new QmpDeadlines(Duration.ofMillis(150), Duration.ofSeconds(30), Duration.ofSeconds(60));

  private static final QmpDeadlines IMPATIENT_CHANGES =
      new QmpDeadlines(Duration.ofSeconds(30), Duration.ofMillis(300), Duration.ofSeconds(60));

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
    return connect(QmpDeadlines.usual());
  }

  private QmpConnection connect(QmpDeadlines deadlines) throws IOException {
    QmpObserver sink =
        new QmpObserver() {
          @Override
          public void event(QmpEvent event) {
            heard.add(event.name() + "@" + event.at());
          }

          @Override
          public void answeredLate() {
            heard.add("answered late");
          }

          @Override
          public void disconnected() {
            heard.add("disconnected");
          }
        };
    return QmpConnection.connect(
        socket, deadlines, sink, InstantSource.fixed(Instant.EPOCH), "qmp-test");
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
      assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo("STOP@2023-11-14T22:13:20.000005Z");
    }
  }

  @Test
  void aServerThatNeverGreetsTimesOut() {
    server.greetWith(" ");
    assertThatThrownBy(() -> connect(IMPATIENT_CHANGES))
        .isInstanceOf(QmpException.TimedOut.class)
        .hasMessageContaining("the greeting within 300 ms");
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
    server.answer("stop", "{}");
    try (QmpConnection qmp = connect(IMPATIENT_QUERIES)) {
      assertThatThrownBy(() -> qmp.execute(RunState.queryStatus()))
          .isInstanceOf(QmpException.TimedOut.class);
      assertThat(qmp.owed()).isEqualTo(1);
      server.emit(FakeQmpServer.reply(late[0], "{\"running\":true,\"status\":\"running\"}"));
      assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo("answered late");
      assertThat(qmp.owed()).isZero();
      assertThat(qmp.execute(RunState.stop())).isEqualTo(QmpCommand.EmptyReply.DONE);
    }
  }

  @Test
  void aQemuThatOwesTooManyAnswersGetsNoMoreCommands() throws Exception {
    server.on("query-status", id -> List.of());
    try (QmpConnection qmp = connect(IMPATIENT_QUERIES)) {
      for (int i = 0; i < 16; i++) {
        assertThatThrownBy(() -> qmp.execute(RunState.queryStatus()))
            .isInstanceOf(QmpException.TimedOut.class);
      }
      assertThatThrownBy(() -> qmp.execute(RunState.queryStatus()))
          .hasMessageContaining("was not sent");
      assertThat(server.received()).hasSize(1 + 16);
    }
  }

  @Test
  void aCommandHasTheDeadlineOfItsKind() throws Exception {
    server.on("cont", id -> List.of());
    QmpDeadlines each =
        new QmpDeadlines(Duration.ofMillis(151), Duration.ofSeconds(30), Duration.ofMillis(153));
    try (QmpConnection qmp = connect(each)) {
      assertThatThrownBy(() -> qmp.execute(silent(TimeoutClass.QUERY)))
          .hasMessageContaining("151 ms");
      assertThatThrownBy(() -> qmp.execute(silent(TimeoutClass.STORAGE)))
          .hasMessageContaining("153 ms");
    }
    try (QmpConnection qmp = connect(QmpDeadlines.usual())) {
      assertThat(TimeoutClass.CHANGE.within(QmpDeadlines.usual()))
          .isEqualTo(Duration.ofSeconds(30));
      assertThat(qmp.owed()).isZero();
    }
  }

  private static QmpCommand<String> silent(TimeoutClass patience) {
    return new QmpCommand<>("cont", Map.of(), reply -> "", patience);
  }

  @Test
  void anEventThatDoesNotComeFailsItsCommandAfterItsDeadline() throws Exception {
    server.answer("device_del", "{}");
    try (QmpConnection qmp = connect()) {
      assertThatThrownBy(
              () ->
                  qmp.executeUntil(
                      QmpCommand.change("device_del", Map.of("id", "net0")),
                      event -> event.name().equals("DEVICE_DELETED"),
                      Duration.ofMillis(50)))
          .isInstanceOf(QmpException.TimedOut.class)
          .hasMessageContaining("event");
    }
  }

  @Test
  void anEventBeforeTheReplyIsHeardByItsCommand() throws Exception {
    server.on(
        "cont", id -> List.of(FakeQmpServer.event("RESUME", "{}"), FakeQmpServer.reply(id, "{}")));
    try (QmpConnection qmp = connect()) {
      QmpEvent event =
          qmp.executeUntil(
              RunState.cont(), each -> each.name().equals("RESUME"), Duration.ofSeconds(30));
      assertThat(event.name()).isEqualTo("RESUME");
    }
  }

  @Test
  void aListenerFailsWhenTheSessionEnds() throws Exception {
    server.on("cont", id -> List.of(FakeQmpServer.CLOSE));
    try (QmpConnection qmp = connect();
        QmpListener listener = qmp.listen(event -> true)) {
      assertThatThrownBy(() -> qmp.execute(RunState.cont()))
          .isInstanceOf(QmpException.Disconnected.class);
      assertThatThrownBy(() -> listener.await(Duration.ofSeconds(30)))
          .isInstanceOf(QmpException.Disconnected.class);
      assertThatThrownBy(() -> qmp.listen(event -> true).await(Duration.ofSeconds(30)))
          .isInstanceOf(QmpException.Disconnected.class);
    }
  }

  @Test
  void theLogShowsEachExchangeAndOnlyArgumentsThatHoldNoSecret() throws Exception {
    String secret = "cGxhbnRlZC1wYXNzcGhyYXNl";
    server.answer("object-add", "{}");
    server.on("qom-get", id -> List.of(FakeQmpServer.refusal(id, "DeviceNotFound", "x")));
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try (QmpConnection qmp = connect()) {
      qmp.execute(QmpCommand.change("object-add", Map.of("qom-type", "secret", "data", secret)));
      assertThatThrownBy(
              () ->
                  qmp.execute(
                      QmpCommand.change(
                          "qom-get", Map.of("path", "/a", "property", "b", "more", secret))))
          .isInstanceOf(QmpException.Refused.class);
    } finally {
      System.setErr(before);
    }
    assertThat(log.toString(StandardCharsets.UTF_8))
        .containsPattern("drover-2 object-add done after \\d+ ms")
        .containsPattern("drover-3 qom-get \\{path=/a, property=b\\} refused after \\d+ ms")
        .doesNotContain(secret);
  }

  @Test
  void aReplyToNobodyEndsTheSession() throws Exception {
    try (QmpConnection qmp = connect()) {
      server.emit("{\"error\":{\"class\":\"GenericError\",\"desc\":\"JSON parse error\"}}\n");
      assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo("disconnected");
      assertThat(qmp.open()).isFalse();
    }
  }

  @Test
  void whatIsNoJsonEndsTheSession() throws Exception {
    try (QmpConnection qmp = connect()) {
      server.emit("hello\n");
      assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo("disconnected");
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
        listener.await(Duration.ofSeconds(30));
      }
      assertThatThrownBy(() -> listener.await(Duration.ofSeconds(30)))
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
      assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo("RESUME@1970-01-01T00:00:00Z");
      assertThat(qmp.open()).isTrue();
    }
  }

  @Test
  void anEventThatIsTooLargeToKeepEndsTheSession() throws Exception {
    try (QmpConnection qmp = connect()) {
      String much = "\"" + "x".repeat(64 * 1024) + "\"";
      server.emit(FakeQmpServer.event("STOP", "{\"much\":" + much + "}"));
      assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo("disconnected");
      assertThat(qmp.open()).isFalse();
    }
  }

  /** As QEMU's user could put it in the place of a monitor: the connection would wait for ever. */
  @Test
  @Timeout(60)
  void aSocketThatNobodyAcceptsFromFailsInTime(@TempDir Path folder) throws IOException {
    Path full = folder.resolve("full");
    List<SocketChannel> waiting = new ArrayList<>();
    try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      silent.bind(UnixDomainSocketAddress.of(full), 1);
      for (int i = 0; i < 2; i++) {
        waiting.add(SocketChannel.open(UnixDomainSocketAddress.of(full)));
      }
      assertThatThrownBy(() -> QmpSocket.connect(full, Duration.ofMillis(100), anybody -> {}))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("accepts");
    } finally {
      for (SocketChannel each : waiting) {
        each.close();
      }
    }
  }

  @Test
  void whoeverIsRefusedHearsNothing() {
    assertThatThrownBy(
            () ->
                QmpConnection.connect(
                    socket,
                    QmpDeadlines.usual(),
                    QmpObserver.none(),
                    InstantSource.system(),
                    "qmp-test",
                    peer -> {
                      assertThat(peer).isEqualTo(ProcessHandle.current().pid());
                      throw new ProblemException(ErrorCode.QEMU_UNRESPONSIVE, "not this one");
                    }))
        .hasMessageContaining("not this one");
    assertThat(server.received()).isEmpty();
  }
}
