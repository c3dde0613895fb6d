package io.drover.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.cli.gateway.Paths;
import io.drover.cli.output.Amounts;
import io.drover.cli.output.Table;
import io.drover.cli.shell.CliFailure;
import io.drover.cli.shell.ExitCode;
import io.drover.contracts.json.ContractJson;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code drover quota}. */
@Command(
    name = "quota",
    mixinStandardHelpOptions = true,
    description = "Quotas: how much of everything a project may have, and what it has.")
public final class QuotaCommands {
  private static final String DEFAULT = "default";

  private final Connection connection;

  public QuotaCommands(Connection connection) {
    this.connection = connection;
  }

  /** A member of the API's object, how its amounts are shown, and how they are read. */
  private enum Item {
    DOMAINS("domains", Long::toString, QuotaCommands::count),
    VCPUS("vcpus", Long::toString, QuotaCommands::count),
    MEMORY("memoryMib", mib -> Amounts.size(mib << 20), text -> Amounts.parseSize(text) >> 20),
    VOLUMES("volumes", Long::toString, QuotaCommands::count),
    VOLUME_SIZE("volumeBytes", Amounts::size, Amounts::parseSize),
    OPERATIONS("openOperations", Long::toString, QuotaCommands::count);

    private final String member;
    private final LongFunction<String> shown;
    private final ToLongFunction<String> read;

    Item(String member, LongFunction<String> shown, ToLongFunction<String> read) {
      this.member = member;
      this.shown = shown;
      this.read = read;
    }
  }

  private static long count(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("\"" + text + "\" is not a whole number.", e);
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "What the project has of what it may have.")
  void show() {
    print(connection.gateway().read(path()));
  }

  @Command(
      name = "set",
      mixinStandardHelpOptions = true,
      description = "Set limits of the project (operators); what is not named stays as it is.")
  void set(
      @Option(names = "--domains", paramLabel = "N", description = "Defined domains.")
          @Nullable String domains,
      @Option(names = "--vcpus", paramLabel = "N", description = "Virtual CPUs of all domains.")
          @Nullable String vcpus,
      @Option(names = "--memory", paramLabel = "SIZE", description = "Memory of all domains.")
          @Nullable String memory,
      @Option(names = "--volumes", paramLabel = "N", description = "Volumes.")
          @Nullable String volumes,
      @Option(
              names = "--volume-size",
              paramLabel = "SIZE",
              description = "Capacity of all volumes; 'default' here as elsewhere takes it back.")
          @Nullable String volumeSize,
      @Option(names = "--operations", paramLabel = "N", description = "Operations under way.")
          @Nullable String operations) {
    JsonNode present = connection.gateway().read(path());
    ObjectNode body = ContractJson.mapper().createObjectNode();
    put(body, Item.DOMAINS, domains, present);
    put(body, Item.VCPUS, vcpus, present);
    put(body, Item.MEMORY, memory, present);
    put(body, Item.VOLUMES, volumes, present);
    put(body, Item.VOLUME_SIZE, volumeSize, present);
    put(body, Item.OPERATIONS, operations, present);
    print(connection.gateway().put(path(), body, present.path("version").asLong()));
  }

  private static void put(ObjectNode body, Item item, @Nullable String asked, JsonNode present) {
    JsonNode now = present.path(item.member);
    if (asked == null && !now.path("byDefault").asBoolean()) {
      body.put(item.member, now.path("limit").asLong());
    } else if (asked != null && !asked.equals(DEFAULT)) {
      body.put(item.member, read(item, asked));
    }
  }

  private static long read(Item item, String text) {
    try {
      return item.read.applyAsLong(text);
    } catch (IllegalArgumentException e) {
      throw new CliFailure(
          ExitCode.USAGE, e.getMessage() + " Or write " + DEFAULT + " for the configured limit.");
    }
  }

  private String path() {
    return Paths.ofProject(connection.project(), "quota");
  }

  private void print(JsonNode quota) {
    if (connection.printer().json()) {
      connection.printer().said("", quota);
      return;
    }
    List<JsonNode> rows = new ArrayList<>();
    for (Item item : Item.values()) {
      JsonNode limit = quota.path(item.member);
      rows.add(
          ContractJson.mapper()
              .createObjectNode()
              .put("item", item.member)
              .put("used", item.shown.apply(limit.path("used").asLong()))
              .put("limit", item.shown.apply(limit.path("limit").asLong()))
              .put("set", limit.path("byDefault").asBoolean() ? DEFAULT : "by an operator"));
    }
    Table table =
        new Table()
            .text("ITEM", Fields.text("item"))
            .number("USED", Fields.text("used"))
            .number("LIMIT", Fields.text("limit"))
            .text("SET", Fields.text("set"));
    connection.printer().list(table, rows, "");
  }
}
