package io.drover.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.message.Topics;
import io.drover.it.ProjectFiles;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Pages that repeat code are made from it. {@code -Ddrover.docs=write} writes them anew; review the
 * diff.
 */
class GeneratedPagesTest {
  private static final Path ROOT = ProjectFiles.root();
  private static final boolean WRITE = "write".equals(System.getProperty("drover.docs"));
  private static final String BEGIN = "<!-- generated -->\n";
  private static final String END = "<!-- end of generated -->";
  private static final Pattern VARIABLE_ROW =
      Pattern.compile("(?m)^\\| ((?:`DROVER_[A-Z_]+`(?:, | or )?)+) \\|");

  private static final List<ConfigurationSource> CONFIGURATIONS =
      List.of(
          ConfigurationSource.read(
              "api-gateway",
              Path.of("api-gateway/src/main/java/io/drover/gateway/config/GatewayConfig.java")),
          ConfigurationSource.read(
              "scheduler",
              Path.of("scheduler/src/main/java/io/drover/scheduler/config/SchedulerSettings.java")),
          ConfigurationSource.read(
              "secrets-service",
              Path.of("secrets-service/src/main/java/io/drover/secrets/config/SecretsConfig.java")),
          ConfigurationSource.read(
              "host-agent",
              Path.of("host-agent/service/src/main/java/io/drover/agent/AgentConfig.java")));

  @Test
  void everySettingOfEveryServiceIsOnThePage() throws IOException {
    assertThat(CONFIGURATIONS).allSatisfy(each -> assertThat(each.settings()).isNotEmpty());
    compare(
        "docs/configuration.md",
        CONFIGURATIONS.stream().map(ConfigurationSource::table).collect(Collectors.joining()));
  }

  @Test
  void everySettingSaysWhatItMeans() {
    assertThat(
            CONFIGURATIONS.stream()
                .flatMap(each -> each.settings().stream())
                .filter(setting -> setting.meaning().isBlank())
                .map(ConfigurationSource.Setting::name))
        .isEmpty();
  }

  @Test
  void everyVariableThatAServiceReadsIsOnThePageAndNoOther() {
    Set<String> read = new TreeSet<>();
    for (String service :
        List.of("api-gateway", "scheduler", "secrets-service", "host-agent/service")) {
      read.addAll(
          ConfigurationSource.variables(
              Path.of(service, "src/main/resources/application.properties")));
    }
    read.addAll(
        ConfigurationSource.inCode(
            Path.of("contracts/src/main/java/io/drover/contracts/message/KafkaSecurity.java")));
    // Settings with the prefix "drover" are variables of themselves.
    CONFIGURATIONS.stream()
        .filter(each -> each.prefix().equals("drover"))
        .flatMap(each -> each.settings().stream())
        .map(setting -> setting.name().replaceAll("[.-]", "_").toUpperCase(Locale.ROOT))
        .forEach(read::add);
    Set<String> documented = new TreeSet<>();
    VARIABLE_ROW
        .matcher(ProjectFiles.text(ROOT.resolve("docs/configuration.md")))
        .results()
        .map(row -> row.group(1).replaceAll("[`,]| or ", " ").strip().split("\\s+"))
        .flatMap(Arrays::stream)
        .forEach(documented::add);
    assertThat(documented).isEqualTo(read);
  }

  @Test
  void everyErrorCodeIsOnThePage() throws IOException {
    StringBuilder table = new StringBuilder();
    table.append("| code | number | HTTP | try again? | meaning |\n|---|---|---|---|---|\n");
    for (ErrorCode code : ErrorCode.values()) {
      table.append(
          "| `%s` | %d | %d | %s | %s |\n"
              .formatted(
                  code.name(),
                  code.number(),
                  code.httpStatus(),
                  code.retryable() ? "yes" : "no",
                  code.title()));
    }
    compare("docs/api/errors.md", table.toString());
  }

  @Test
  void everyRequestIsOnThePage() throws IOException {
    Path document = ROOT.resolve("contracts/src/main/contract/openapi.yaml");
    StringBuilder table = new StringBuilder();
    table.append("| request | what it does |\n|---|---|\n");
    String path = "";
    String method = "";
    for (String line : ProjectFiles.text(document).lines().toList()) {
      if (line.matches("  /v1/\\S*:")) {
        path = line.strip().replaceFirst(":$", "");
      } else if (line.matches("    (get|post|put|patch|delete|head):")) {
        method = line.strip().replace(":", "").toUpperCase(Locale.ROOT);
      } else if (line.matches("      (summary|operationId): .*") && !method.isEmpty()) {
        String words = line.strip().replaceFirst("^\\w+: ", "");
        boolean summary = line.contains("summary:");
        String row = "| `%s %s` | ".formatted(method, path);
        int earlier = table.lastIndexOf(row);
        String text =
            summary
                ? words.replaceAll("^\"|\"$", "")
                : words.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        if (earlier >= 0) {
          table.setLength(earlier);
        }
        table.append(row).append(text).append(" |\n");
      } else if (line.matches("components:")) {
        break;
      }
    }
    compare("docs/api/README.md", table.toString());
  }

  @Test
  void theArchitecturePageNamesEveryTopic() throws IllegalAccessException {
    String page = ProjectFiles.text(ROOT.resolve("docs/architecture.md"));
    for (var field : Topics.class.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
        assertThat(page).contains("`" + field.get(null) + "`");
      }
    }
  }

  /** The part of a page between its two marks is what the code says. */
  private static void compare(String page, String generated) throws IOException {
    Path file = ROOT.resolve(page);
    String text = ProjectFiles.text(file);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    assertThat(begin).as(page + " has no mark " + BEGIN).isNotNegative();
    String anew = text.substring(0, begin) + BEGIN + generated + text.substring(end);
    if (WRITE) {
      Files.writeString(file, anew);
    }
    assertThat(text)
        .as(page + " is not what the code says; write it anew with -Ddrover.docs=write")
        .isEqualTo(anew);
  }
}
