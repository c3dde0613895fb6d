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
import io.vertx.core.buffer.Buffer;
import jakarta.annotation.security.RolesAllowed;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The serial console of a domain as a web socket: binary frames of what the guest prints, first the
 * last 64 KiB; frames from the client, binary or text, are typed into the guest. With {@code
 * ?mode=view} a client only watches.
 */
@WebSocket(path = "/v1/domains/{domainId}/console")
@RolesAllowed({"gateway", "operator"})
class ConsoleSocket {
  private static final int NO_CONSOLE = 4404;

  private final Consoles consoles;
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();

  private record Session(SerialConsoleSession line, SocketViewer viewer) {}

  ConsoleSocket(Consoles consoles) {
    this.consoles = consoles;
  }

  @OnOpen
  @NonBlocking
  void open(WebSocketConnection connection, @PathParam String domainId) {
    Optional<SerialConsoleSession> line = find(domainId);
    if (line.isEmpty()) {
      connection
          .close(new CloseReason(NO_CONSOLE, "This host runs no such domain with a console."))
          .subscribe()
          .with(done -> {}, failure -> {});
      return;
    }
    String query = connection.handshakeRequest().query();
    boolean writes = query == null || !query.contains("mode=view");
    SocketViewer viewer = new SocketViewer(connection, writes);
    sessions.put(connection.id(), new Session(line.get(), viewer));
    line.get().join(viewer);
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
