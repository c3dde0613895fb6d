package io.drover.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.command.Resources;
import io.drover.contracts.event.DomainPlaced;
import io.drover.contracts.event.DomainStarted;
import io.drover.contracts.id.HostId;
import io.drover.gateway.support.Api;
import io.drover.gateway.support.Api.TestProject;
import io.drover.gateway.support.Parts.About;
import io.drover.gateway.support.Patience;
import io.drover.gateway.support.Tokens;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A console is joined to the agent's, both ways, for members alone. */
@QuarkusTest
class ConsoleIT extends GatewayTestCase {
  @TestHTTPResource("/")
  URI root;

  @Inject Vertx vertx;

  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private HttpServer agent;

  @BeforeEach
  void startAgent() {
    agent =
        vertx
            .createHttpServer()
            .requestHandler(request -> request.toWebSocket().onSuccess(this::answer))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  private void answer(ServerWebSocket socket) {
    asked.add(socket.path() + " " + socket.headers().get("Authorization"));
    socket.writeBinaryMessage(Buffer.buffer("login: "));
    socket.binaryMessageHandler(
        data -> {
          if (data.toString().equals("exit")) {
            socket.close();
          } else {
            socket.writeBinaryMessage(Buffer.buffer("echo ").appendBuffer(data));
          }
        });
  }

  @AfterEach
  void stopAgent() {
    agent.close().toCompletionStage().toCompletableFuture().join();
  }

  private UUID run(TestProject project, String name) {
    Response accepted = project.post("/domains", "application/xml", Api.xml(name));
    UUID domain = UUID.fromString(accepted.path("subject"));
    About about = new About(domain, project.id(), UUID.fromString(accepted.path("id")), 1);
    HostId host = new HostId(UUID.randomUUID());
    URI url = URI.create("http://127.0.0.1:" + agent.actualPort());
    parts.say(about, new DomainPlaced(host, "h", url, new Resources(1, 64), List.of()));
    parts.say(about, new DomainStarted(host, "tcg"));
    Api.awaitPhase(project, "/domains/" + name, "RUNNING");
    return domain;
  }

  private Terminal open(TestProject project, String domain, String token) {
    String url =
        root.resolve(project.path("/domains/" + domain + "/console"))
            .toString()
            .replaceFirst("^http", "ws");
    Terminal terminal = new Terminal();
    terminal.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .header("Authorization", "Bearer " + token)
            .buildAsync(URI.create(url), terminal)
            .join();
    return terminal;
  }

  @Test
  void bytesGoBothWaysAndTheEndIsPassedOn() throws Exception {
    TestProject project = Api.project();
    UUID domain = run(project, "talk");
    Terminal terminal = open(project, "talk", project.token());
    assertThat(terminal.read()).isEqualTo("login: ");
    terminal.write("root");
    assertThat(terminal.read()).isEqualTo("echo root");
    assertThat(asked.peek())
        .startsWith("/v1/domains/" + domain + "/console Bearer ")
        .doesNotContain(project.token());
    terminal.write("exit");
    assertThat(terminal.read()).isEqualTo("closed");
  }

  @Test
  void strangersAndDomainsAtRestHaveNoConsole() {
    TestProject project = Api.project();
    run(project, "closed");
    assertThatThrownBy(() -> open(project, "closed", Tokens.tenant("other")))
        .isInstanceOf(CompletionException.class);
    assertThatThrownBy(() -> open(project, "none", project.token()))
        .isInstanceOf(CompletionException.class);
    project.request().get(project.path("/domains/closed/console")).then().statusCode(400);
    Api.as(Tokens.tenant("other"))
        .header("Upgrade", "websocket")
        .get(project.path("/domains/closed/console"))
        .then()
        .statusCode(404)
        .contentType("application/problem+json");
    assertThat(asked).isEmpty();
  }

  private static final class Terminal implements WebSocket.Listener {
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private WebSocket socket;

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      received.add(new String(bytes));
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
      received.add("closed");
      return null;
    }

    void write(String text) {
      socket.sendBinary(ByteBuffer.wrap(text.getBytes()), true).join();
    }

    String read() throws InterruptedException {
      return received.poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
  }
}
