package io.drover.cli;

import static io.drover.cli.FakeGateway.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --wait} and {@code operation watch} against a stream that breaks as real ones do. */
class FollowingIT {
  private static final String EVENTS = "GET /v1/projects/demo/events?operation=op-1";
  private static final String OPERATION = "GET /v1/projects/demo/operations/op-1";
  private static final String CREATE = "POST /v1/projects/demo/domains";

  @TempDir Path folder;
  private final FakeGateway gateway = new FakeGateway();

  @BeforeEach
  void definition() throws IOException {
    Files.writeString(folder.resolve("web.xml"), "<domain type='qemu'><name>web</name></domain>");
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private Invocation.Result run(String... arguments) {
    return Invocation.at(gateway, folder).run(arguments);
  }

  private static String operation(String state, String steps, String more) {
    return """
        {"id":"op-1","kind":"CREATE_DOMAIN","state":"%s","subject":"d-1","name":"web",
         "createdAt":"2026-11-23T12:00:00Z","steps":[%s]%s}"""
        .formatted(state, steps, more);
  }

  private static String step(String name, long micros) {
    return "{\"step\":\"" + name + "\",\"durationMicros\":" + micros + "}";
  }

  @Test
  void createShowsEachStepOnceAndResumesAfterACutConnection() {
    String accepted = "{\"name\":\"accept\",\"durationMicros\":3100}";
    gateway
        .on(CREATE, 202, operation("RUNNING", accepted, ""))
        .on(OPERATION, 200, operation("RUNNING", accepted, ""))
        .events(
            EVENTS,
            event("1", "step-completed", step("accept", 3100)),
            event("2", "step-completed", step("place", 8123)))
        .events(
            EVENTS,
            event("3", "step-completed", step("spawn-qemu", 41000)),
            event("4", "domain-started", "{\"hostId\":\"h-1\",\"accelerator\":\"tcg\"}"));

    Invocation.Result result = run("domain", "create", "web.xml", "--wait");

    assertThat(result.err()).isEmpty();
    assertThat(result.status()).isZero();
    assertThat(result.out())
        .isEqualTo(
            """
              accept               3.1 ms
              place                8.1 ms
              spawn-qemu            41 ms
            web: running
            """);
    assertThat(gateway.asked().stream().filter(each -> each.line().equals(EVENTS)).toList())
        .extracting(each -> each.header("Last-Event-ID").orElse(""))
        .containsExactly("", "2");
    FakeGateway.Asked create = gateway.asked().get(0);
    assertThat(create.header("Idempotency-Key")).contains("00000000-0000-0000-0000-000000000001");
    assertThat(create.header("Content-Type")).contains("application/xml");
    assertThat(create.header("Authorization")).contains("Bearer token-1");
    assertThat(create.body()).contains("<name>web</name>");
  }

  @Test
  void aFailedOperationExitsWithOneAndSaysWhy() {
    gateway
        .on(CREATE, 202, operation("RUNNING", "", ""))
        .on(OPERATION, 200, operation("RUNNING", "", ""))
        .events(
            EVENTS,
            event(
                "1",
                "placement-refused",
                "{\"problem\":"
                    + FakeGateway.problem(
                        "NO_VALID_HOST", 3001, 409, "1 host lacks memory: alpha has 512 MiB.")
                    + "}"));

    Invocation.Result result = run("domain", "create", "web.xml", "--wait");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo(
            """
            drover: 1 host lacks memory: alpha has 512 MiB.
              code: NO_VALID_HOST (3001)
              trace: 0af7651916cd43dd8448eb211c80319c
            """);
  }

  @Test
  void anOperationThatHasEndedNeedsNoEvent() {
    gateway
        .events(EVENTS)
        .on(
            OPERATION,
            200,
            operation("SUCCEEDED", "{\"name\":\"place\",\"durationMicros\":2500000}", ""));

    assertThat(run("operation", "watch", "op-1").out())
        .isEqualTo("  place                2.50 s\nweb: running\n");
  }

  @Test
  void programsGetTheOperationAsItEnded() {
    gateway
        .on(CREATE, 202, operation("RUNNING", "", ""))
        .on(OPERATION, 200, operation("RUNNING", "", ""))
        .events(EVENTS, event("1", "domain-started", "{\"hostId\":\"h\",\"accelerator\":\"tcg\"}"));

    Invocation.Result result = run("domain", "create", "web.xml", "--wait", "-o", "json");

    assertThat(result.status()).isZero();
    assertThat(result.out()).contains("\"state\" : \"SUCCEEDED\"");
  }

  @Test
  void anOperationThatOutlivesTheWaitExitsWithTen() {
    gateway.on(OPERATION, 200, operation("RUNNING", "", "")).events(EVENTS, ": nothing yet\n\n");

    Invocation.Result result = run("operation", "watch", "op-1", "--timeout", "1");

    assertThat(result.status()).isEqualTo(10);
    assertThat(result.err()).contains("drover operation watch op-1");
  }

  @Test
  void withoutWaitTheOperationIsNamed() {
    gateway.on(CREATE, 202, operation("RUNNING", "", ""));

    assertThat(run("domain", "create", "web.xml").out())
        .isEqualTo("web: accepted as operation op-1\nWatch it with: drover operation watch op-1\n");
  }

  @Test
  void eventsArePrintedAsLinesAndAsJson() {
    gateway.events(
        "GET /v1/projects/demo/events",
        event("5", "domain-started", "{\"hostId\":\"h\",\"accelerator\":\"tcg\"}"));

    assertThat(run("domain", "events", "--count", "1").out())
        .isEqualTo("2026-11-23 12:00:05.125  domain-started      d-1  tcg\n");
    assertThat(run("domain", "events", "--count", "1", "-o", "json").out())
        .startsWith("{\"specversion\":\"1.0\"")
        .endsWith("\"streamposition\":\"5\"}\n");
  }
}
