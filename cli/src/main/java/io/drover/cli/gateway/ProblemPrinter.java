package io.drover.cli.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.cli.output.Printable;
import io.drover.cli.shell.CliFailure;
import io.drover.cli.shell.ExitCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.json.ContractJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Problems of the server as sentences. Codes that this version does not know are shown as sent. */
public final class ProblemPrinter {
  private static final int MAX_FAULTS = 100;

  private ProblemPrinter() {}

  /** The failure for an answer that is no success. */
  static CliFailure failure(int status, byte[] body) {
    JsonNode problem = ContractJson.mapper().createObjectNode();
    try {
      JsonNode read = ContractJson.mapper().readTree(body);
      problem = read == null || !read.isObject() ? problem : read;
    } catch (IOException e) {
      problem = ContractJson.mapper().createObjectNode().put("detail", "");
    }
    return failure(status, problem);
  }

  /** The failure for a problem, as in the answer to a request. */
  static CliFailure failure(int status, JsonNode problem) {
    String code = problem.path("code").asText("");
    return new CliFailure(
        ExitCode.ofProblem(status, code), headline(status, problem), lines(status, problem));
  }

  /** The failure of an operation: it was accepted, and then went wrong. */
  public static CliFailure ofOperation(JsonNode problem) {
    return new CliFailure(ExitCode.FAILED, headline(0, problem), lines(0, problem));
  }

  /** The failure of something done here, without a server. */
  public static CliFailure ofLocal(Problem problem) {
    return failure(problem.status(), ContractJson.mapper().<JsonNode>valueToTree(problem));
  }

  /** One sentence for a table's cell; empty for no problem. */
  public static String summary(JsonNode problem) {
    return problem.isObject() ? headline(problem.path("status").asInt(), problem) : "";
  }

  private static String headline(int status, JsonNode problem) {
    String detail = Printable.of(problem.path("detail").asText(""));
    String title = Printable.of(problem.path("title").asText(""));
    if (!detail.isEmpty()) {
      return detail;
    }
    return title.isEmpty() ? "The server answered HTTP " + status + "." : title + ".";
  }

  private static List<String> lines(int status, JsonNode problem) {
    List<String> lines = new ArrayList<>();
    JsonNode faults = problem.path("errors");
    boolean repeated = faults.size() == 1 && names(headline(status, problem), faults.get(0));
    for (int i = 0; i < Math.min(repeated ? 0 : faults.size(), MAX_FAULTS); i++) {
      lines.add(fault(faults.get(i)));
    }
    if (faults.size() > MAX_FAULTS) {
      lines.add("... and " + (faults.size() - MAX_FAULTS) + " more");
    }
    String code = problem.path("code").asText("");
    if (!code.isEmpty()) {
      lines.add("code: " + Printable.of(code) + " (" + problem.path("number").asInt() + ")");
    }
    remedy(status, code).ifPresent(lines::add);
    String trace = problem.path("traceId").asText("");
    if (!trace.isEmpty()) {
      lines.add("trace: " + Printable.of(trace));
    }
    return lines;
  }

  private static java.util.Optional<String> remedy(int status, String code) {
    return java.util.Optional.ofNullable(
        switch (status) {
          case 401 -> "Run: drover login";
          case 502, 503, 504 -> "Try again in a few seconds.";
          case 500 -> "Give the trace to your operator.";
          default -> code.equals("INTERNAL_ERROR") ? "Give the trace to your operator." : null;
        });
  }

  /** Whether the headline already is all that the only fault says: its place and its sentence. */
  private static boolean names(String headline, JsonNode fault) {
    String path = fault.path("path").asText("/");
    return headline.contains(Printable.of(fault.path("detail").asText("")))
        && (path.equals("/") || headline.contains(Printable.of(path)))
        && (!fault.has("line") || headline.contains("line " + fault.path("line").asInt()));
  }

  private static String fault(JsonNode fault) {
    StringBuilder line = new StringBuilder("at ").append(fault.path("path").asText("?"));
    int number = fault.path("line").asInt();
    if (number > 0) {
      line.append(" (line ").append(number);
      int column = fault.path("column").asInt();
      line.append(column > 0 ? ", column " + column + ")" : ")");
    }
    return Printable.of(line.append(": ").append(fault.path("detail").asText("")).toString());
  }
}
