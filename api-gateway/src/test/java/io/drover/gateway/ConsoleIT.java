package io.drover.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.command.Resources;
import io.drover.contracts.console.ConsoleTicket;
import io.drover.contracts.event.DomainPlaced;
import io.drover.contracts.event.DomainStarted;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.HostId;
import io.drover.contracts.signature.GatewayKey;
import io.drover.gateway.support.Api;
import io.drover.gateway.support.Api.TestProject;
import io.drover.gateway.support.Parts.About;
import io.drover.gateway.support.Patience;
import io.drover.gateway.support.Tokens;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.hamcrest.Matchers;
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
  private final Queue<String> tickets = new ConcurrentLinkedQueue<>();
  private final HostId host = new HostId(UUID.randomUUID());
  private HttpServer agent;

  @BeforeEach
  void startAgent() {
    agent = serve(request -> request.toWebSocket().onSuccess(this::answer));
  }

  private HttpServer serve(Handler<HttpServerRequest> handler) {
    return vertx
        .createHttpServer()
        .requestHandler(handler)
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  private void answer(ServerWebSocket socket) {
    asked.add(socket.uri() + " " + socket.headers().get("Authorization"));
    tickets.add(String.valueOf(socket.headers().get(ConsoleTicket.HEADER)));
    socket.writeBinaryMessage(Buffer.buffer("login: "));
    socket.binaryMessageHandler(
        data -> {
          if (data.toString().equals("exit")) {
            socket.close();
          } else if (data.toString().equals("slow")) {
            socket.close((short) 4408, "This console reads too slowly.");
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
    return run(project, name, URI.create("http://127.0.0.1:" + agent.actualPort()));
  }

  private UUID run(TestProject project, String name, URI url) {
    Response accepted = project.post("/domains", "application/xml", Api.xml(name));
    UUID domain = UUID.fromString(accepted.path("subject"));
    About about = new About(domain, project.id(), UUID.fromString(accepted.path("id")), 1);
    parts.say(about, new DomainPlaced(host, "h", url, new Resources(1, 64), List.of()));
    parts.say(about, new DomainStarted(host, "tcg"));
    Api.awaitPhase(project, "/domains/" + name, "RUNNING");
    return domain;
  }

  private Terminal open(TestProject project, String domain, String token) {
    String url =
        root.resolve(project.path("/domains/" + domain.replaceFirst("(\\?.*)?$", "/console$0")))
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
    assertThat(asked).containsExactly("/v1/domains/" + domain + "/console null");
    terminal.write("exit");
    assertThat(terminal.read()).isEqualTo("closed 1000");
  }

  @Test
  void theHostGetsATicketForThisDomainHostAndViewerAndNothingElse() throws Exception {
    TestProject project = Api.project();
    UUID domain = run(project, "ticket");
    Instant before = Instant.now();
    open(project, "ticket?mode=view&tail=no&x=y", project.token()).read();
    ConsoleTicket ticket = ConsoleTicket.read(tickets.element(), GatewayKey.verifier());
    assertThat(ticket.domainId()).isEqualTo(new DomainId(domain));
    assertThat(ticket.hostId()).isEqualTo(host);
    assertThat(ticket.viewer()).isEqualTo("tina");
    assertThat(ticket.openBefore())
        .isBetween(before.plusSeconds(29), Instant.now().plusSeconds(30));
    assertThat(ticket.until()).isAfter(ticket.openBefore());
    assertThat(asked.element()).doesNotContain("Bearer", "x=y").contains("mode=view", "tail=no");
    open(project, "ticket", project.token()).read();
    assertThat(tickets).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void theConsoleEndsWithTheLogin() throws Exception {
    TestProject project = Api.project();
    run(project, "brief");
    Terminal terminal = open(project, "brief", Tokens.ending(project.name(), 3));
    assertThat(terminal.read()).isEqualTo("login: ");
    assertThat(terminal.read()).isEqualTo("closed 4401");
  }

  @Test
  void theAgentsReasonIsPassedOn() throws Exception {
    TestProject project = Api.project();
    run(project, "slow");
    Terminal terminal = open(project, "slow", project.token());
    terminal.read();
    terminal.write("slow");
    assertThat(terminal.read()).isEqualTo("closed 4408");
  }

  @Test
  void aCallerHas16ConsolesAndOthersTheirs() throws Exception {
    TestProject project = Api.project();
    run(project, "many");
    String token = Tokens.of("carl", Set.of("tenant"), List.of(project.name()));
    List<Terminal> open = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      open.add(open(project, "many", token));
      assertThat(open.get(i).read()).isEqualTo("login: ");
    }
    Api.as(token)
        .header("Upgrade", "websocket")
        .get(project.path("/domains/many/console"))
        .then()
        .statusCode(429)
        .contentType("application/problem+json");
    assertThat(open(project, "many", project.token()).read()).isEqualTo("login: ");
    open.get(0).write("exit");
    assertThat(open.get(0).read()).isEqualTo("closed 1000");
    Awaitility.await()
        .atMost(Patience.LIMIT)
        .ignoreExceptions()
        .until(() -> open(project, "many", token).read().equals("login: "));
  }

  @Test
  void aHostThatReportsAPlainAddressElsewhereIsNotCalled() {
    TestProject project = Api.project();
    run(project, "plain", URI.create("http://192.0.2.1:8083"));
    Api.as(project.token())
        .header("Upgrade", "websocket")
        .get(project.path("/domains/plain/console"))
        .then()
        .statusCode(503)
        .body("detail", Matchers.containsString("https"));
  }

  @Test
  void aHostCannotSendTheGatewayElsewhere() {
    HttpServer elsewhere = serve(request -> request.toWebSocket().onSuccess(this::answer));
    String target = "http://127.0.0.1:" + elsewhere.actualPort() + "/";
    HttpServer rogue =
        serve(r -> r.response().setStatusCode(302).putHeader("Location", target).end());
    try {
      TestProject project = Api.project();
      run(project, "moved", URI.create("http://127.0.0.1:" + rogue.actualPort()));
      Api.as(project.token())
          .header("Upgrade", "websocket")
          .get(project.path("/domains/moved/console"))
          .then()
          .statusCode(503);
      assertThat(asked).isEmpty();
    } finally {
      rogue.close().toCompletionStage().toCompletableFuture().join();
      elsewhere.close().toCompletionStage().toCompletableFuture().join();
    }
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
      received.add("closed " + status);
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
