package io.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each kind of failure has its exit code and its sentence. */
class ExitCodesIT {
  private static final String WEB = "GET /v1/projects/demo/domains/web";

  @TempDir Path folder;
  private final FakeGateway gateway = new FakeGateway();

  @AfterEach
  void stop() {
    gateway.close();
  }

  private Invocation.Result run(String... arguments) {
    return Invocation.at(gateway, folder).run(arguments);
  }

  @ParameterizedTest
  @CsvSource({
    "400, INVALID_REQUEST, 8",
    "401, UNAUTHENTICATED, 3",
    "403, FORBIDDEN, 4",
    "403, QUOTA_EXCEEDED, 9",
    "404, NOT_FOUND, 5",
    "409, INVALID_STATE, 6",
    "409, NO_VALID_HOST, 9",
    "412, PRECONDITION_FAILED, 6",
    "422, INVALID_DEFINITION, 8",
    "429, TOO_MANY_REQUESTS, 9",
    "500, INTERNAL_ERROR, 1",
    "503, UNAVAILABLE, 7"
  })
  void everyProblemHasItsExitCode(int status, String code, int exit) {
    gateway.on(WEB, status, FakeGateway.problem(code, 1234, status, "What is wrong."));

    Invocation.Result result = run("domain", "show", "web");

    assertThat(result.status()).isEqualTo(exit);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .startsWith("drover: What is wrong.\n  code: " + code + " (1234)\n")
        .contains("trace: 0af7651916cd43dd8448eb211c80319c");
  }

  @Test
  void faultsOfADefinitionAreShownWithTheirPlaces() throws IOException {
    Files.writeString(folder.resolve("bad.xml"), "<domain/>");
    gateway.on(
        "POST /v1/projects/demo/domains",
        422,
        """
        {"title":"T","status":422,"code":"UNSUPPORTED_ELEMENT","number":1004,
         "detail":"2 faults.","errors":[
          {"code":"UNSUPPORTED_ELEMENT","path":"/domain/foo","line":3,"column":7,"detail":"Not known."},
          {"code":"UNSUPPORTED_ELEMENT","path":"/domain/@bar","detail":"Not known."}]}""");

    Invocation.Result result = run("domain", "create", "bad.xml");

    assertThat(result.status()).isEqualTo(8);
    assertThat(result.err())
        .isEqualTo(
            """
            drover: 2 faults.
              at /domain/foo (line 3, column 7): Not known.
              at /domain/@bar: Not known.
              code: UNSUPPORTED_ELEMENT (1004)
            """);
  }

  @Test
  void anAnswerThatIsNoProblemStillHasASentence() {
    gateway.on(WEB, 502, "<html>bad gateway</html>");

    Invocation.Result result = run("domain", "show", "web");

    assertThat(result.status()).isEqualTo(7);
    assertThat(result.err()).startsWith("drover: The server answered HTTP 502.");
  }

  @Test
  void aServerThatIsNotThereExitsWithSeven() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }

    Invocation.Result result = run("--server", "http://127.0.0.1:" + free, "domain", "list");

    assertThat(result.status()).isEqualTo(7);
    assertThat(result.err()).contains("does not answer", "DROVER_SERVER");
  }

  @Test
  void aMutationWhoseAnswerIsLostIsSentAgainWithTheSameKey() {
    String line = "POST /v1/projects/demo/domains/web/start";
    gateway
        .on(line, exchange -> {})
        .on(line, 202, "{\"id\":\"op-1\",\"name\":\"web\",\"steps\":[]}");

    Invocation.Result result = run("domain", "start", "web");

    assertThat(result.status()).isZero();
    assertThat(gateway.lines()).containsExactly(line, line);
    assertThat(gateway.asked()).extracting(each -> each.header("Idempotency-Key")).hasSize(2);
    assertThat(gateway.asked().get(0).header("Idempotency-Key"))
        .isEqualTo(gateway.asked().get(1).header("Idempotency-Key"))
        .isPresent();
  }

  @Test
  void aTokenIsNeverSentInClearTextToAnotherMachine() {
    Invocation.Result result = run("--server", "http://cloud.example.org", "domain", "list");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("clear text", "https");
  }

  @Test
  void withoutALoginItSaysHowToLogIn() {
    Invocation.Result result =
        Invocation.at(gateway, folder).without("DROVER_TOKEN").run("domain", "list");

    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err()).contains("Run: drover login");
    assertThat(gateway.asked()).isEmpty();
  }

  @Test
  void aMissingFileAndAWrongOptionAreUsageErrors() {
    assertThat(run("domain", "create", "none.xml").err()).contains("There is no file none.xml.");
    assertThat(run("domain", "create", "none.xml").status()).isEqualTo(2);
    assertThat(run("domain", "list", "--nope").status()).isEqualTo(2);
    assertThat(run("volume", "create", "v", "--size", "much").status()).isEqualTo(2);
    assertThat(run("operation", "watch", "id", "--timeout", "soon").err())
        .contains("--timeout", "'soon' is not a whole number")
        .doesNotContain("long");
    assertThat(run("domxml-to-native", "argv", "web.xml").err())
        .contains("'argv' is no form", "write qemu-argv")
        .doesNotContain("QEMU_ARGV");
  }

  @Test
  void withoutACommandThoseThereAreAreShown() {
    Invocation.Result result = run("domain");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .startsWith("drover: a command is missing.\n")
        .contains("\n  shutdown     Ask the guest to power off.\n");
  }
}
