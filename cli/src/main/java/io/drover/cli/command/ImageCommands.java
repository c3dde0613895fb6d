package io.drover.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.cli.gateway.Gateway;
import io.drover.cli.gateway.Paths;
import io.drover.cli.output.Table;
import io.drover.cli.shell.CliFailure;
import io.drover.cli.shell.ExitCode;
import io.drover.contracts.json.ContractJson;
import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drover image}. */
@Command(
    name = "image",
    mixinStandardHelpOptions = true,
    description = "Images: what volumes are made from.")
public final class ImageCommands {
  private final Connection connection;

  public ImageCommands(Connection connection) {
    this.connection = connection;
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "All images.")
  void list() {
    Table table =
        new Table()
            .text("NAME", Fields.text("name"))
            .text("FORMAT", Fields.text("format"))
            .text("STATE", Fields.text("state"))
            .number("SIZE", Fields.size("sizeBytes"))
            .text("ID", Fields.text("id"))
            .number("AGE", Fields.age("createdAt", connection.shell().clock()));
    connection
        .printer()
        .list(
            table,
            connection.gateway().list("/v1/images", Fields.MAX_ROWS),
            "There are no images.");
  }

  @Command(
      name = "import",
      mixinStandardHelpOptions = true,
      description = {
        "Store a disk image (operators).",
        "Repeated with the same file it succeeds; an interrupted import continues where it stopped."
      })
  void bring(
      @Parameters(paramLabel = "NAME", description = "1 to 128 of A-Z a-z 0-9 . _ -") String name,
      @Parameters(paramLabel = "FILE", description = "A disk image.") String file,
      @Option(
              names = "--format",
              paramLabel = "raw|qcow2",
              description = "Seen from the file else.")
          @Nullable String format) {
    ImageContent content = ImageContent.read(connection.shell().file(file), file);
    JsonNode image = existing(name);
    if (image.path("state").asText().equals("READY")) {
      if (!image.path("sha256").asText().equals(content.sha256())) {
        throw new CliFailure(
            ExitCode.CONFLICT,
            "The image " + name + " exists with other content.",
            "Import under another name.");
      }
      connection.printer().said("Image " + name + " is already there.", image);
      return;
    }
    if (image.isMissingNode()) {
      image =
          connection
              .gateway()
              .post(
                  "/v1/images",
                  ContractJson.mapper()
                      .createObjectNode()
                      .put("name", name)
                      .put("format", format == null ? content.format() : format));
    }
    JsonNode stored = upload(connection.gateway(), image, content);
    connection
        .printer()
        .said(
            "Image " + name + " is stored: " + Fields.size("sizeBytes").apply(stored) + ".",
            stored);
  }

  private JsonNode existing(String name) {
    List<JsonNode> found = connection.gateway().list("/v1/images?name=" + Paths.encode(name), 1);
    return found.isEmpty() ? ContractJson.mapper().missingNode() : found.get(0);
  }

  private static JsonNode upload(Gateway gateway, JsonNode image, ImageContent content) {
    Path file = content.file();
    try {
      return gateway.upload(
          "/v1/images/" + Paths.encode(image.path("id").asText()) + "/content",
          BodyPublishers.ofFile(file),
          content.sha256());
    } catch (FileNotFoundException e) {
      throw new CliFailure(ExitCode.USAGE, "There is no file " + file + ".");
    }
  }
}
