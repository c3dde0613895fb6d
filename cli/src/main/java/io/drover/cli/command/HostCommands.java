package io.drover.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.cli.follow.OperationPoll;
import io.drover.cli.gateway.Paths;
import io.drover.cli.output.Amounts;
import io.drover.cli.output.Table;
import io.drover.contracts.json.ContractJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drover host}. */
@Command(
    name = "host",
    mixinStandardHelpOptions = true,
    description = "Hosts: the machines that run domains (operators).")
public final class HostCommands {
  private static final String HOST = "The host's name or id.";
  private final Connection connection;

  public HostCommands(Connection connection) {
    this.connection = connection;
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "All hosts, those that are down included, with the age of what is known.")
  void list() {
    Table table =
        new Table()
            .text("NAME", Fields.text("name"))
            .text("STATE", HostCommands::state)
            .number("SEEN", HostCommands::seen)
            .number("VCPUS", used("usedVcpus", "vcpus"))
            .number("MEMORY", Fields.mebibytes("memoryMib"))
            .number("DISK", HostCommands::claimedDisk)
            .number("DISK FREE", Fields.size("disk.freeBytes"))
            .number("CLAIMS", Fields.text("claims"))
            .number("DOMAINS", Fields.text("domains"))
            .text("ACCELERATORS", HostCommands::accelerators)
            .text("QEMU", Fields.text("emulatorVersion"))
            .text("ID", Fields.text("id"));
    List<JsonNode> hosts = new ArrayList<>();
    connection.gateway().read("/v1/hosts").path("items").forEach(hosts::add);
    connection.printer().list(table, hosts, "No host has reported yet.");
  }

  @Command(name = "show", mixinStandardHelpOptions = true, description = "All about one host.")
  void show(@Parameters(paramLabel = "HOST", description = HOST) String host) {
    JsonNode found = connection.gateway().read(path(host));
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("name", found.path("name").asText());
    fields.put("id", found.path("id").asText());
    fields.put("state", state(found));
    fields.put("reason", found.path("reason").asText());
    fields.put("last report", seen(found) + " ago, at " + found.path("reportedAt").asText());
    fields.put("takes commands", found.path("takingCommands").asBoolean() ? "yes" : "no");
    fields.put("clock ahead by", found.path("clockSkewSeconds").asText() + " s");
    fields.put("vcpus", used("usedVcpus", "vcpus").apply(found));
    fields.put(
        "memory",
        Fields.mebibytes("usedMemoryMib").apply(found)
            + " of "
            + Fields.mebibytes("memoryMib").apply(found));
    fields.put("disk", disk(found));
    fields.put("claims", found.path("claims").asText());
    fields.put("domains", found.path("domains").asText());
    fields.put("accelerators", accelerators(found));
    fields.put("isolates guests", isolation(found.path("isolation")));
    fields.put("qemu", found.path("emulatorVersion").asText());
    fields.put("agent", found.path("agentUrl").asText());
    connection.printer().one(found, fields);
  }

  @Command(
      name = "disable",
      mixinStandardHelpOptions = true,
      description = "Have nothing new placed on a host; what runs there runs on.")
  void disable(
      @Parameters(paramLabel = "HOST", description = HOST) String host,
      @Option(
              names = "--reason",
              required = true,
              paramLabel = "TEXT",
              description = "Why; shown with the host.")
          String reason) {
    JsonNode body = ContractJson.mapper().createObjectNode().put("reason", reason);
    follow(connection.gateway().post(path(host) + "/disable", body), "disabled");
  }

  @Command(
      name = "enable",
      mixinStandardHelpOptions = true,
      description = "Let a host be placed on again.")
  void enable(@Parameters(paramLabel = "HOST", description = HOST) String host) {
    follow(connection.gateway().post(path(host) + "/enable"), "enabled");
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = {
        "Remove a host that is down and has no claims.",
        "With --force its domains count as stopped: make sure that none of them runs on. It is a host"
            + " again after a later start of its agent, or of a new one with the same id."
      })
  void remove(
      @Parameters(paramLabel = "HOST", description = HOST) String host, @Mixin ForceOptions force) {
    follow(connection.gateway().delete(path(host) + force.query()), "removed");
  }

  private void follow(JsonNode operation, String outcome) {
    String path =
        path(operation.path("subject").asText())
            + "/operations/"
            + Paths.encode(operation.path("id").asText());
    new OperationPoll(connection.gateway(), connection.printer()).follow(path, outcome);
  }

  private static String path(String host) {
    return "/v1/hosts/" + Paths.encode(host);
  }

  private static String state(JsonNode host) {
    String state = host.path("state").asText().toLowerCase(Locale.ROOT);
    boolean both = state.equals("down") && host.path("admission").asText().equals("DISABLED");
    boolean deaf = state.equals("up") && !host.path("takingCommands").asBoolean(true);
    return both ? "down, disabled" : deaf ? "up, takes no commands" : state;
  }

  private static Function<JsonNode, String> used(String used, String all) {
    return host -> host.path(used).asText() + "/" + host.path(all).asText();
  }

  /** Empty where nothing is known of it. */
  private static String claimedDisk(JsonNode host) {
    return host.path("disk").isObject()
        ? Fields.size("disk.claimedBytes").apply(host)
            + "/"
            + Fields.size("disk.totalBytes").apply(host)
        : "";
  }

  private static String disk(JsonNode host) {
    return host.path("disk").isObject()
        ? Fields.size("disk.claimedBytes").apply(host)
            + " of "
            + Fields.size("disk.totalBytes").apply(host)
            + " claimed by volumes, "
            + Fields.size("disk.freeBytes").apply(host)
            + " free"
        : "";
  }

  private static String seen(JsonNode host) {
    return Amounts.age(Duration.ofSeconds(Math.round(host.path("ageSeconds").asDouble())));
  }

  /** Empty where nothing is known of it. */
  private static String isolation(JsonNode isolation) {
    boolean usable = isolation.path("usable").asBoolean();
    return isolation.isObject() ? usable ? "yes" : "no: " + isolation.path("reason").asText() : "";
  }

  private static String accelerators(JsonNode host) {
    List<String> words = new ArrayList<>();
    host.path("accelerators")
        .forEach(
            each ->
                words.add(
                    each.path("name").asText()
                        + (each.path("usable").asBoolean() ? "" : " (unusable)")));
    return String.join(", ", words);
  }
}
