package io.drover.driver.internal.qmp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CompletableFuture;

/**
 * A command that was sent and has no reply yet; after its deadline it is abandoned, not removed.
 */
final class PendingCommand {
  private final String name;
  private final String shown;
  private final long sentAtMillis;
  private final CompletableFuture<JsonNode> reply = new CompletableFuture<>();
  private volatile boolean abandoned;

  PendingCommand(QmpCommand<?> command, long sentAtMillis) {
    this.name = command.name();
    this.shown = ShownArguments.of(command);
    this.sentAtMillis = sentAtMillis;
  }

  String name() {
    return name;
  }

  /** For a log. */
  String shown() {
    return shown;
  }

  long sentAtMillis() {
    return sentAtMillis;
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
