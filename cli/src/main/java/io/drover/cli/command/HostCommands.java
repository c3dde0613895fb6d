package io.drover.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.cli.output.Amounts;
import io.drover.cli.output.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code drover host}. */
@Command(
    name = "host",
    mixinStandardHelpOptions = true,
    description = "Hosts: the machines that run domains.")
public final class HostCommands {
  private final Connection connection;

  public HostCommands(Connection connection) {
    this.connection = connection;
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "All hosts with the age of their last report (operators).")
  void list() {
    Table table =
        new Table()
            .text("NAME", Fields.text("name"))
            .number("VCPUS", Fields.text("vcpus"))
            .number("MEMORY", Fields.mebibytes("memoryMib"))
            .text("ACCELERATORS", HostCommands::accelerators)
            .text("QEMU", Fields.text("emulatorVersion"))
            .number("DOMAINS", Fields.text("domains"))
            .number("SEEN", HostCommands::seen)
            .text("ID", Fields.text("id"));
    List<JsonNode> hosts = new ArrayList<>();
    connection.gateway().read("/v1/hosts").path("items").forEach(hosts::add);
    connection.printer().list(table, hosts, "No host has reported yet.");
  }

  private static String seen(JsonNode host) {
    return Amounts.age(Duration.ofSeconds(Math.round(host.path("ageSeconds").asDouble())));
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
