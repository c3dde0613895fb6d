package io.drover.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.cli.gateway.Paths;
import io.drover.cli.gateway.ProblemPrinter;
import io.drover.cli.output.Amounts;
import io.drover.cli.output.Table;
import io.drover.cli.shell.CliFailure;
import io.drover.cli.shell.ExitCode;
import io.drover.contracts.json.ContractJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drover volume}. */
@Command(
    name = "volume",
    mixinStandardHelpOptions = true,
    description = "Volumes: the disks of domains, encrypted unless asked.")
public final class VolumeCommands {
  private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private final Connection connection;

  public VolumeCommands(Connection connection) {
    this.connection = connection;
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "The volumes of the project.")
  void list() {
    Table table =
        new Table()
            .text("NAME", Fields.text("name"))
            .text("PHASE", Fields.text("phase"))
            .number("SIZE", Fields.size("sizeBytes"))
            .text("FORMAT", Fields.text("format"))
            .text("ENCRYPTED", Fields.yesNo("encrypted"))
            .text("HOST", Fields.text("host.name"))
            .number("AGE", Fields.age("createdAt", connection.shell().clock()));
    connection
        .printer()
        .list(
            table,
            connection
                .gateway()
                .list(Paths.ofProject(connection.project(), "volumes"), Fields.MAX_ROWS),
            "The project has no volumes.");
  }

  @Command(name = "show", mixinStandardHelpOptions = true, description = "One volume.")
  void show(@Parameters(paramLabel = "VOLUME", description = "Name or id.") String volume) {
    JsonNode found =
        connection.gateway().read(Paths.ofProject(connection.project(), "volumes", volume));
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("name", found.path("name").asText());
    fields.put("id", found.path("id").asText());
    fields.put("phase", found.path("phase").asText());
    fields.put("size", Fields.size("sizeBytes").apply(found));
    fields.put("format", found.path("format").asText());
    fields.put("encrypted", Fields.yesNo("encrypted").apply(found));
    fields.put("key", found.path("keyId").asText(""));
    fields.put("image", found.path("imageId").asText(""));
    fields.put("host", Fields.text("host.name").apply(found));
    fields.put("created", found.path("createdAt").asText());
    fields.put("problem", ProblemPrinter.summary(found.path("lastProblem")));
    connection.printer().one(found, fields);
  }

  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = "Make a volume, empty or from an image.")
  void create(
      @Parameters(paramLabel = "NAME", description = "1 to 128 of A-Z a-z 0-9 . _ -") String name,
      @Option(
              names = {"-s", "--size"},
              required = true,
              paramLabel = "SIZE",
              description = "As in 512M or 10G.")
          String size,
      @Option(names = "--image", paramLabel = "IMAGE", description = "Name or id.")
          @Nullable String image,
      @Option(
              names = "--format",
              paramLabel = "raw|qcow2",
              defaultValue = "qcow2",
              description = "How the host keeps it (default ${DEFAULT-VALUE}).")
          String format,
      @Option(names = "--plain", description = "Without encryption.") boolean plain,
      @Option(names = "--near-volume", paramLabel = "VOLUME", description = "On its host.")
          @Nullable String nearVolume,
      @Option(names = "--near-domain", paramLabel = "DOMAIN", description = "On its host.")
          @Nullable String nearDomain,
      @Mixin WaitOptions wait) {
    ObjectNode body =
        ContractJson.mapper()
            .createObjectNode()
            .put("name", name)
            .put("sizeBytes", bytes(size))
            .put("format", format)
            .put("encrypted", !plain);
    if (image != null) {
      body.put("imageId", imageId(image));
    }
    if (nearVolume != null) {
      body.put("nearVolume", nearVolume);
    }
    if (nearDomain != null) {
      body.put("nearDomain", nearDomain);
    }
    connection.accepted(
        connection.gateway().post(Paths.ofProject(connection.project(), "volumes"), body), wait);
  }

  @Command(
      name = "delete",
      mixinStandardHelpOptions = true,
      description = "Remove a volume and its content.")
  void delete(
      @Parameters(paramLabel = "VOLUME", description = "Name or id.") String volume,
      @Mixin WaitOptions wait) {
    connection.accepted(
        connection.gateway().delete(Paths.ofProject(connection.project(), "volumes", volume)),
        wait);
  }

  private static long bytes(String size) {
    try {
      return Amounts.parseSize(size);
    } catch (IllegalArgumentException e) {
      throw new CliFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
  }

  private String imageId(String image) {
    if (UUID.matcher(image).matches()) {
      return image;
    }
    List<JsonNode> found = connection.gateway().list("/v1/images?name=" + Paths.encode(image), 1);
    if (found.isEmpty()) {
      throw new CliFailure(
          ExitCode.NOT_FOUND,
          "There is no image " + image + ".",
          "See those there are with: drover image list");
    }
    return found.get(0).path("id").asText();
  }
}
