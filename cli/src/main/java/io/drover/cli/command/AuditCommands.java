package io.drover.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.cli.gateway.Paths;
import io.drover.cli.shell.CliFailure;
import io.drover.cli.shell.ExitCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code drover audit}. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "The audit of disk keys (operators).")
public final class AuditCommands {
  private static final String STANDALONE = "http://127.0.0.1:8082";
  private final Connection connection;

  public AuditCommands(Connection connection) {
    this.connection = connection;
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = {
        "Walk the whole audit chain and say the first entry that breaks it.",
        "Keep the number and the hash that it shows, elsewhere than in the database: given to a"
            + " later call they find a chain that was written again as a whole."
      })
  void verify(
      @Option(
              names = "--secrets-url",
              paramLabel = "URL",
              description =
                  "The secrets-service; else DROVER_SECRETS_URL, else " + STANDALONE + ".")
          @Nullable String url,
      @Option(
              names = "--entry",
              paramLabel = "NUMBER:HASH",
              description = "An entry that was kept, which must be in its place.")
          @Nullable String entry) {
    String address =
        Optional.ofNullable(url)
            .or(() -> connection.shell().variable("DROVER_SECRETS_URL"))
            .orElse(STANDALONE);
    JsonNode found =
        connection
            .secrets(address)
            .read("/v1/audit/verification" + (entry == null ? "" : query(entry)));
    JsonNode head = found.path("head");
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("intact", found.path("intact").asBoolean() ? "yes" : "no");
    fields.put("entries", found.path("entries").asText());
    fields.put("newest", head.path("number").asText("") + ":" + head.path("hash").asText(""));
    fields.put("of", head.path("at").asText(""));
    connection.printer().one(found, fields);
    if (!found.path("intact").asBoolean()) {
      throw new CliFailure(
          ExitCode.FAILED,
          found.path("broken").path("detail").asText("The chain is broken."),
          "Leave the database as it is, and compare it with the topic drover.audit, which has each"
              + " entry with its hash.");
    }
  }

  private static String query(String entry) {
    int colon = entry.indexOf(':');
    if (colon < 1) {
      throw new CliFailure(
          ExitCode.USAGE, "--entry is NUMBER:HASH, as verify shows it, not " + entry + ".");
    }
    return "?number="
        + Paths.encode(entry.substring(0, colon))
        + "&hash="
        + Paths.encode(entry.substring(colon + 1));
  }
}
