package io.drover.driver.internal.probe;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.driver.internal.probe.ProbeReplies.Question;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The questions that an emulator is asked, live or from a record. */
final class ProbeQueries {
  private static final List<String> ABOUT_EMULATOR =
      List.of(
          "query-version",
          "query-target",
          "query-qmp-schema",
          "query-commands",
          "query-kvm",
          "qom-list-types",
          "query-tpm-models",
          "query-tpm-types",
          "query-command-line-options",
          "query-migrate-capabilities",
          "query-sev-capabilities",
          "query-sgx-capabilities");
  private static final List<String> ABOUT_ACCELERATOR =
      List.of("query-machines", "query-cpu-definitions");

  private final QmpSource source;
  private final Map<Question, JsonNode> answers = new LinkedHashMap<>();

  private ProbeQueries(QmpSource source) {
    this.source = source;
  }

  /** Everything: the emulator, and what it has with the accelerator that it runs with. */
  static ProbeReplies whole(QmpSource source) {
    ProbeQueries interview = new ProbeQueries(source);
    ABOUT_EMULATOR.forEach(interview::ask);
    for (String type : FlagTable.typesAskedFor()) {
      interview.ask(propertiesCommand(type), Map.of("typename", type));
    }
    ABOUT_ACCELERATOR.forEach(interview::ask);
    ProbeReplies soFar = new ProbeReplies(interview.answers);
    boolean kvm = EmulatorFlags.kvm(soFar);
    interview.askForCpu(kvm ? "host" : "max");
    if (kvm) {
      interview.ask(hypervCpu());
    }
    return new ProbeReplies(interview.answers);
  }

  /** Only what differs under TCG, for an emulator that has KVM too. */
  static ProbeReplies underTcg(QmpSource source) {
    ProbeQueries interview = new ProbeQueries(source);
    ABOUT_ACCELERATOR.forEach(interview::ask);
    interview.askForCpu("max");
    return new ProbeReplies(interview.answers);
  }

  /** The question for the richest CPU there is, with all features or the migratable ones. */
  static Question richestCpu(String model, boolean migratableOnly) {
    Map<String, Object> asked =
        migratableOnly
            ? Map.of("name", model)
            : Map.of("name", model, "props", Map.of("migratable", false));
    return Question.of("query-cpu-model-expansion", Map.of("type", "static", "model", asked));
  }

  /** The question for the CPU with all of Hyper-V's enlightenments that KVM can give. */
  static Question hypervCpu() {
    Map<String, Object> asked =
        Map.of("name", "host", "props", Map.of("migratable", false, "hv-passthrough", true));
    return Question.of("query-cpu-model-expansion", Map.of("type", "full", "model", asked));
  }

  private void askForCpu(String model) {
    ask(richestCpu(model, true));
    ask(richestCpu(model, false));
  }

  private void ask(String command) {
    ask(command, Map.of());
  }

  private void ask(String command, Map<String, ?> arguments) {
    ask(Question.of(command, arguments));
  }

  private void ask(Question question) {
    Map<String, JsonNode> arguments = new LinkedHashMap<>();
    question.arguments().fields().forEachRemaining(e -> arguments.put(e.getKey(), e.getValue()));
    source.ask(question.command(), arguments).ifPresent(answer -> answers.put(question, answer));
  }

  /** Only devices have a list of what -device takes; other objects list what they are made of. */
  private static String propertiesCommand(String type) {
    boolean device =
        !type.endsWith("-cpu") && !type.endsWith("-machine") && !type.startsWith("memory-backend-");
    return device ? "device-list-properties" : "qom-list-properties";
  }
}
