package io.drover.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.contracts.json.ContractJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Shows the steps of one operation as the event stream tells them, until its end. */
final class OperationWatcher {
  private static final String TYPE_PREFIX = "io.drover.event.";
  private static final Set<String> GOOD_ENDS =
      Set.of(
          "domain-started", "domain-stopped", "domain-deleted", "volume-created", "volume-deleted");
  private static final Set<String> BAD_ENDS =
      Set.of("domain-failed", "volume-failed", "placement-refused", "command-superseded");

  private final GatewayCaller caller;
  private final ProgressConsole screen;

  OperationWatcher(GatewayCaller caller, ProgressConsole screen) {
    this.caller = caller;
    this.screen = screen;
  }

  /** Follows it; a failed operation, or none that ends in time, is a {@link DemoFailure}. */
  void follow(String what, String project, JsonNode operation, Duration patience)
      throws IOException, InterruptedException {
    ExecutorService reader = Executors.newSingleThreadExecutor();
    InputStream stream = caller.events(project, operation.path("id").asText());
    try (stream) {
      CompletableFuture.runAsync(() -> read(what, stream), reader)
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new DemoFailure(
          what, "host-agent", "It has not ended after " + patience.toSeconds() + " s.");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Ended ended) {
        throw ended.failure;
      }
      throw new IOException(what, e.getCause());
    } finally {
      reader.shutdownNow();
    }
  }

  private void read(String what, InputStream stream) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("data:") && ended(what, event(line))) {
          return;
        }
      }
      throw new Ended(
          new DemoFailure(what, "api-gateway", "The event stream ended before the operation did."));
    } catch (IOException e) {
      throw new Ended(new DemoFailure(what, "api-gateway", "The event stream broke: " + e));
    }
  }

  private static JsonNode event(String line) throws IOException {
    return ContractJson.mapper().readTree(line.substring("data:".length()));
  }

  private boolean ended(String what, JsonNode event) {
    String kind = kind(event.path("type").asText());
    JsonNode data = event.path("data");
    String source = part(event.path("source").asText());
    if (kind.equals("step-completed")) {
      Duration took = Duration.of(data.path("durationMicros").asLong(), ChronoUnit.MICROS);
      screen.step(data.path("step").asText(), source, took);
    }
    if (BAD_ENDS.contains(kind)) {
      String step = data.path("step").asText("");
      String detail = data.path("problem").path("detail").asText(data.toString());
      throw new Ended(new DemoFailure(step.isEmpty() ? what : what + ": " + step, source, detail));
    }
    return GOOD_ENDS.contains(kind);
  }

  /** {@code domain-started} of {@code io.drover.event.domain-started.v1}. */
  private static String kind(String type) {
    String name = type.startsWith(TYPE_PREFIX) ? type.substring(TYPE_PREFIX.length()) : type;
    int version = name.lastIndexOf(".v");
    return version < 0 ? name : name.substring(0, version);
  }

  /** Which part of the suite a source is, by the name that its log has. */
  private static String part(String source) {
    if (source.contains("scheduler")) {
      return "scheduler";
    }
    if (source.contains("secrets")) {
      return "secrets-service";
    }
    return source.contains("gateway") ? "api-gateway" : "host-agent";
  }

  /** Carries the failure out of the reading thread. */
  private static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient DemoFailure failure;

    Ended(DemoFailure failure) {
      super(failure);
      this.failure = failure;
    }
  }
}
