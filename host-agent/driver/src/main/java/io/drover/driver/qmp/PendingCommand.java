package io.drover.driver.qmp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CompletableFuture;

/**
 * A command that was sent and has no reply yet; after its deadline it is abandoned, not removed.
 */
final class PendingCommand {
  private final String name;
  private final CompletableFuture<JsonNode> reply = new CompletableFuture<>();
  private volatile boolean abandoned;

  PendingCommand(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  CompletableFuture<JsonNode> reply() {
    return reply;
  }

  void abandon() {
    abandoned = true;
  }

  boolean abandoned() {
    return abandoned;
  }
}
