package io.drover.driver.internal.qmp;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.contracts.json.ContractJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

/**
 * Speaks QMP on a real Unix socket as a test tells it to: what a QEMU does rarely or never, it does
 * on request. Serves one session after the other.
 */
public final class FakeQmpServer implements AutoCloseable {
  private static final String GREETING =
      "{\"QMP\":{\"version\":{\"qemu\":{\"micro\":22,\"minor\":2,\"major\":7},"
          + "\"package\":\"fake\"},\"capabilities\":[\"oob\"]}}\r\n";

  /** Its answer to {@code query-status}. */
  static final Map<String, Object> STATUS =
      Map.of("running", true, "singlestep", false, "status", "running");

  private final ServerSocketChannel server;
  private final Thread thread;
  private final Map<String, BiFunction<String, JsonNode, List<String>>> answers =
      new ConcurrentHashMap<>();
  private final List<String> received = new CopyOnWriteArrayList<>();
  private volatile String greeting = GREETING;
  private volatile SocketChannel session;

  private FakeQmpServer(ServerSocketChannel server) {
    this.server = server;
    this.thread = new Thread(this::serve, "fake-qmp");
    answer("qmp_capabilities", "{}");
    answer("query-status", new String(ContractJson.write(STATUS), StandardCharsets.UTF_8));
    on(
        "quit",
        id ->
            List.of(
                event("SHUTDOWN", "{\"guest\":false,\"reason\":\"host-qmp-quit\"}"),
                reply(id, "{}"),
                CLOSE));
  }

  /** Instead of a line: the session is closed. */
  public static final String CLOSE = "";

  public static FakeQmpServer listening(Path socket) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    FakeQmpServer fake = new FakeQmpServer(server);
    fake.thread.setDaemon(true);
    fake.thread.start();
    return fake;
  }

  /** Answers this command always so. */
  public void answer(String command, String returned) {
    on(command, id -> List.of(reply(id, returned)));
  }

  /** Sends these pieces for this command, each in a packet of its own and as it is. */
  public void on(String command, java.util.function.Function<String, List<String>> pieces) {
    answers.put(command, (id, message) -> pieces.apply(id));
  }

  public void greetWith(String line) {
    greeting = line;
  }

  /** Sends this now. */
  public void emit(String piece) throws IOException {
    session.write(ByteBuffer.wrap(piece.getBytes(StandardCharsets.UTF_8)));
  }

  /** The names of the commands so far. */
  public List<String> received() {
    return List.copyOf(received);
  }

  public static String reply(String id, String returned) {
    return "{\"return\":" + returned + ",\"id\":\"" + id + "\"}\r\n";
  }

  public static String refusal(String id, String errorClass, String description) {
    return "{\"error\":{\"class\":\""
        + errorClass
        + "\",\"desc\":\""
        + description
        + "\"},\"id\":\""
        + id
        + "\"}\r\n";
  }

  public static String event(String name, String data) {
    return "{\"event\":\""
        + name
        + "\",\"data\":"
        + data
        + ",\"timestamp\":{\"seconds\":1700000000,\"microseconds\":5}}\r\n";
  }

  private void serve() {
    while (server.isOpen()) {
      try (SocketChannel accepted = server.accept()) {
        session = accepted;
        emit(greeting);
        converse(accepted);
      } catch (ClosedChannelException e) {
        // The test, or the other side, has ended the session; the next one may come.
        continue;
      } catch (IOException e) {
        // As when the client closes while an answer is on its way.
        continue;
      }
    }
  }

  private void converse(SocketChannel channel) throws IOException {
    BufferedReader lines = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
    String line = lines.readLine();
    while (line != null) {
      JsonNode message = ContractJson.mapper().readTree(line);
      String command = message.path("execute").asText();
      String id = message.path("id").asText();
      received.add(command);
      List<String> pieces =
          answers
              .getOrDefault(
                  command,
                  (replyId, ignored) -> List.of(refusal(replyId, "CommandNotFound", "unknown")))
              .apply(id, message);
      for (String piece : pieces) {
        if (piece.equals(CLOSE)) {
          return;
        }
        emit(piece);
      }
      line = lines.readLine();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    SocketChannel open = session;
    if (open != null) {
      open.close();
    }
  }
}
