package io.drover.agent.console;

import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.DomainId;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.PathParam;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The serial console of a domain as a web socket: binary frames of what the guest prints, first the
 * last 64 KiB (not with {@code ?tail=no}, which continues an earlier console); frames from the
 * client, binary or text, are typed into the guest. With {@code ?mode=view} a client only watches.
 * It ends when the login of the ticket's viewer does.
 */
@WebSocket(path = "/v1/domains/{domainId}/console")
class ConsoleSocket {
  private static final int LOGIN_ENDED = 4401;
  private static final int NO_CONSOLE = 4404;
  private static final int TOO_MANY = 4429;
  private static final Duration MAX_LIFE = Duration.ofDays(1);
  private static final String LOGIN = "The login of this console has ended; open it again.";

  private final Consoles consoles;
  private final Vertx vertx;
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();

  private record Session(SerialConsoleSession line, SocketViewer viewer, long timer) {}

  ConsoleSocket(Consoles consoles, Vertx vertx) {
    this.consoles = consoles;
    this.vertx = vertx;
  }

  @OnOpen
  @NonBlocking
  void open(WebSocketConnection connection, @PathParam String domainId) {
    Optional<SerialConsoleSession> line = find(domainId);
    if (line.isEmpty()) {
      close(connection, NO_CONSOLE, "This host runs no such domain with a console.");
      return;
    }
    String query = Optional.ofNullable(connection.handshakeRequest().query()).orElse("");
    SocketViewer viewer =
        new SocketViewer(
            new ViewerSocket(connection), !query.contains("mode=view"), !query.contains("tail=no"));
    long timer = vertx.setTimer(millisOfLogin(connection), at -> viewer.close(LOGIN_ENDED, LOGIN));
    sessions.put(connection.id(), new Session(line.get(), viewer, timer));
    if (!line.get().join(viewer)) {
      String full = "This console has " + SerialConsoleSession.MAX_VIEWERS + " viewers already.";
      viewer.close(TOO_MANY, full);
    }
  }

  /** The check before the upgrade has left the ticket. */
  private static long millisOfLogin(WebSocketConnection connection) {
    Instant until = connection.userData().get(ConsoleUpgradeCheck.TICKET).until();
    Duration left = Duration.between(connection.creationTime(), until);
    return Math.max(1, Math.min(left.toMillis(), MAX_LIFE.toMillis()));
  }

  private static void close(WebSocketConnection connection, int code, String reason) {
    connection.close(new CloseReason(code, reason)).subscribe().with(done -> {}, failure -> {});
  }

  @OnBinaryMessage
  @NonBlocking
  void input(WebSocketConnection connection, Buffer bytes) {
    type(connection, bytes.getBytes());
  }

  @OnTextMessage
  @NonBlocking
  void typed(WebSocketConnection connection, String text) {
    type(connection, text.getBytes(StandardCharsets.UTF_8));
  }

  @OnClose
  @NonBlocking
  void close(WebSocketConnection connection) {
    Session session = sessions.remove(connection.id());
    if (session != null) {
      vertx.cancelTimer(session.timer());
      session.line().leave(session.viewer());
    }
  }

  private void type(WebSocketConnection connection, byte[] bytes) {
    Session session = sessions.get(connection.id());
    if (session != null && session.line().type(session.viewer(), bytes)) {
      consoles.inputReady();
    }
  }

  private Optional<SerialConsoleSession> find(String domainId) {
    try {
      return consoles.find(DomainId.parse(domainId));
    } catch (ProblemException e) {
      return Optional.empty();
    }
  }
}
