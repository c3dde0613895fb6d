package io.drover.driver.internal.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.contracts.json.ContractJson;
import io.drover.driver.Emulator;
import io.drover.driver.internal.probe.ProbeReplies.Question;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A record of what QEMU was asked and answered: JSON objects one after the other, a command and its
 * reply in turn; {@code qmp_capabilities} begins a session. libvirt's own records are such.
 */
final class RecordedReplies {
  private RecordedReplies() {}

  /** The sessions of a record, as they were held. */
  static List<ProbeReplies> read(Reader record) throws IOException {
    List<Map<Question, JsonNode>> sessions = new ArrayList<>();
    try (MappingIterator<JsonNode> objects =
        ContractJson.mapper().readerFor(JsonNode.class).readValues(record)) {
      while (objects.hasNext()) {
        JsonNode asked = objects.next();
        JsonNode reply = objects.next();
        if (asked.path("execute").asText().equals("qmp_capabilities")) {
          sessions.add(new LinkedHashMap<>());
        } else if (reply.has("return")) {
          ObjectNode arguments =
              asked.has("arguments")
                  ? (ObjectNode) asked.get("arguments")
                  : ContractJson.mapper().createObjectNode();
          sessions
              .get(sessions.size() - 1)
              .put(new Question(asked.path("execute").asText(), arguments), reply.get("return"));
        }
      }
    }
    return sessions.stream().map(ProbeReplies::new).toList();
  }

  /** Holds the probe's interviews with the record in the emulator's place. */
  static Emulator probe(String path, List<ProbeReplies> sessions) {
    ProbeReplies whole = ProbeQueries.whole(sessions.get(0));
    return ProbeParser.of(
        path, whole, sessions.stream().skip(1).findFirst().map(ProbeQueries::underTcg));
  }

  /** Writes sessions so that {@link #read} reads them. */
  static String write(List<ProbeReplies> sessions) {
    StringBuilder text = new StringBuilder();
    for (ProbeReplies session : sessions) {
      append(text, "qmp_capabilities", ContractJson.mapper().createObjectNode());
      text.append("{\"return\":{}}\n");
      session
          .all()
          .forEach(
              (question, answer) -> {
                append(text, question.command(), question.arguments());
                text.append("{\"return\":").append(answer).append("}\n");
              });
    }
    return text.toString();
  }

  private static void append(StringBuilder text, String command, ObjectNode arguments) {
    ObjectNode asked = ContractJson.mapper().createObjectNode().put("execute", command);
    if (!arguments.isEmpty()) {
      asked.set("arguments", arguments);
    }
    text.append(asked).append('\n');
  }
}
