package io.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit chain as an operator has it verified by the secrets-service. */
class AuditVerbIT {
  private static final String HASH = "ab".repeat(32);

  @TempDir Path folder;
  private final FakeGateway gateway = new FakeGateway();
  private final List<String> asked = new ArrayList<>();
  private HttpServer secrets;
  private String answer;

  @BeforeEach
  void start() throws Exception {
    secrets = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    secrets.createContext(
        "/v1/audit/verification",
        exchange -> {
          asked.add(
              exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization"));
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    secrets.start();
  }

  @AfterEach
  void stop() {
    secrets.stop(0);
    gateway.close();
  }

  private Invocation.Result verify(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "audit",
                "verify",
                "--secrets-url",
                "http://127.0.0.1:" + secrets.getAddress().getPort()));
    words.addAll(List.of(more));
    return Invocation.at(gateway, folder).run(words.toArray(String[]::new));
  }

  @Test
  void anIntactChainIsShownWithItsNewestEntry() {
    answer =
        "{\"intact\":true,\"entries\":7,\"head\":{\"number\":9,\"at\":\"2026-11-20T12:00:00Z\",\"hash\":\""
            + HASH
            + "\"}}";
    Invocation.Result result = verify("--entry", "9:" + HASH);
    assertThat(result.status()).isZero();
    assertThat(result.out()).contains("intact   yes", "newest   9:" + HASH);
    assertThat(asked)
        .singleElement()
        .asString()
        .startsWith("/v1/audit/verification?number=9&hash=" + HASH + " Bearer ");
  }

  @Test
  void aBrokenChainFailsAndNamesTheEntry() {
    answer =
        "{\"intact\":false,\"entries\":3,\"broken\":{\"number\":3,\"detail\":\"Entry 3 breaks it.\"}}";
    Invocation.Result result = verify();
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).contains("intact   no");
    assertThat(result.err()).contains("Entry 3 breaks it.", "drover.audit");
  }

  @Test
  void anEntryWithoutItsHashIsRefused() {
    assertThat(verify("--entry", "9").err()).contains("NUMBER:HASH");
    assertThat(asked).isEmpty();
  }
}
