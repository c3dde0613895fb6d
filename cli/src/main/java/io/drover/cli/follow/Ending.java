package io.drover.cli.follow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.cli.gateway.ServerEvent;
import io.drover.contracts.json.ContractJson;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How an operation ended.
 *
 * @param outcome one word, as in {@code running}
 * @param problem why it failed; empty when it succeeded
 */
record Ending(String outcome, Optional<JsonNode> problem) {
  private static final Map<String, String> SUCCESS =
      Map.of(
          "CREATE_DOMAIN", "domain-started",
          "START_DOMAIN", "domain-started",
          "SHUT_DOWN_DOMAIN", "domain-stopped",
          "DESTROY_DOMAIN", "domain-stopped",
          "DELETE_DOMAIN", "domain-deleted",
          "CREATE_VOLUME", "volume-created",
          "DELETE_VOLUME", "volume-deleted",
          "OPERATE_DOMAIN", "operation-succeeded",
          "ABORT_OPERATION", "operation-succeeded");
  private static final Map<String, String> OUTCOMES =
      Map.of(
          "domain-started", "running",
          "domain-stopped", "stopped",
          "domain-deleted", "deleted",
          "volume-created", "ready",
          "volume-deleted", "deleted");
  private static final Set<String> FAILURES =
      Set.of(
          "domain-failed",
          "volume-failed",
          "placement-refused",
          "command-superseded",
          "operation-failed");

  /** The ending that a read operation already has. */
  static Optional<Ending> of(JsonNode operation) {
    String success = SUCCESS.getOrDefault(operation.path("kind").asText(), "");
    return switch (operation.path("state").asText()) {
      case "SUCCEEDED" -> Optional.of(new Ending(word(success), Optional.empty()));
      case "FAILED" -> Optional.of(failed(operation.path("problem")));
      default -> Optional.empty();
    };
  }

  /** The ending that an event of the operation tells of. */
  static Optional<Ending> of(String operationKind, ServerEvent event) {
    String kind = event.kind();
    if (kind.equals(SUCCESS.get(operationKind))) {
      return Optional.of(new Ending(word(kind), Optional.empty()));
    }
    if (FAILURES.contains(kind)) {
      return Optional.of(failed(event.data().path("problem")));
    }
    boolean stoppedInsteadOfStarted =
        kind.equals("domain-stopped") && "domain-started".equals(SUCCESS.get(operationKind));
    return stoppedInsteadOfStarted ? Optional.of(failed(stopped(event.data()))) : Optional.empty();
  }

  /** The operation as it is now known: the event may be ahead of what the gateway has stored. */
  ObjectNode over(ObjectNode operation) {
    operation.put("state", problem.isPresent() ? "FAILED" : "SUCCEEDED");
    problem.ifPresent(known -> operation.set("problem", known));
    return operation;
  }

  private static Ending failed(JsonNode problem) {
    return new Ending("failed", Optional.of(problem));
  }

  private static String word(String event) {
    return OUTCOMES.getOrDefault(event, "done");
  }

  private static JsonNode stopped(JsonNode data) {
    return ContractJson.mapper()
        .createObjectNode()
        .put("detail", "The domain stopped: " + data.path("detail").asText("") + ".");
  }
}
