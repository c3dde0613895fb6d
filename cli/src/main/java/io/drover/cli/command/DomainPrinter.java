package io.drover.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.cli.gateway.ProblemPrinter;
import io.drover.cli.output.Amounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A domain as people read it: what is known, and how old the knowledge is. */
final class DomainPrinter {
  private DomainPrinter() {}

  /**
   * All of it.
   *
   * @param definition its XML
   */
  static Map<String, String> fields(JsonNode domain, String project, String definition) {
    String open = "drover domain console" + it(domain, project);
    GuestAccess access = GuestAccess.of(definition, open);
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("name", domain.path("name").asText());
    fields.put("id", domain.path("id").asText());
    fields.put("project", project);
    fields.put("phase", domain.path("phase").asText());
    fields.put("unreachable", unreachable(domain));
    fields.put("desired", domain.path("desired").asText());
    fields.put("observed", observed(domain));
    fields.put("host", Fields.text("host.name").apply(domain));
    fields.put("accelerator", domain.path("accelerator").asText(""));
    fields.put("vcpus", Fields.text("resources.vcpus").apply(domain));
    fields.put("memory", Fields.mebibytes("resources.memoryMib").apply(domain));
    List<String> volumes = new ArrayList<>();
    domain.path("volumes").forEach(volume -> volumes.add(volume.path("name").asText()));
    fields.put("volumes", String.join(", ", volumes));
    fields.put("console", access.console());
    fields.put("network", access.network());
    fields.put("generation", domain.path("generation").asText());
    fields.put("created", domain.path("createdAt").asText());
    fields.put("problem", ProblemPrinter.summary(domain.path("lastProblem")));
    fields.put("next", next(domain, project));
    return fields;
  }

  /** The command that helps most people now; empty while something is under way. */
  private static String next(JsonNode domain, String project) {
    String it = it(domain, project);
    if (domain.hasNonNull("unreachableSince")) {
      return "wait for its host; what you ask of it now is done when it is back";
    }
    return switch (domain.path("phase").asText()) {
      case "RUNNING" -> "drover domain console" + it;
      case "STOPPED", "DEFINED" -> "drover domain start" + it;
      case "FAILED" -> "drover domain start" + it + ", once the problem is solved";
      default -> "";
    };
  }

  private static String it(JsonNode domain, String project) {
    return " " + domain.path("name").asText() + " --project " + project;
  }

  private static String unreachable(JsonNode domain) {
    String since = domain.path("unreachableSince").asText("");
    return since.isEmpty() ? "" : "since " + since + ", its host is down";
  }

  /** As in {@code running (booted), 3 s ago}. */
  static String observed(JsonNode domain) {
    JsonNode observed = domain.path("observed");
    if (!observed.isObject()) {
      return "";
    }
    String reason = observed.path("reason").asText("");
    Duration age = Duration.ofMillis(Math.round(observed.path("ageSeconds").asDouble() * 1000));
    return observed.path("state").asText()
        + (reason.isEmpty() ? "" : " (" + reason + ")")
        + ", "
        + Amounts.age(age)
        + " ago";
  }
}
