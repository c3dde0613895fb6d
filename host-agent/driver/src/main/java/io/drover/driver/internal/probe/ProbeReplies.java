package io.drover.driver.internal.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.contracts.json.ContractJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What an emulator answered in one session, by question; a refused question has no answer. */
final class ProbeReplies implements QmpSource {
  private final Map<Question, JsonNode> answers;

  ProbeReplies(Map<Question, JsonNode> answers) {
    this.answers = new LinkedHashMap<>(answers);
  }

  /** A command with its arguments; the order of the arguments says nothing. */
  record Question(String command, ObjectNode arguments) {
    static Question of(String command, Map<String, ?> arguments) {
      return new Question(command, ContractJson.mapper().valueToTree(arguments));
    }
  }

  @Override
  public Optional<JsonNode> ask(String command, Map<String, ?> arguments) {
    return Optional.ofNullable(answers.get(Question.of(command, arguments)));
  }

  /** The answer to a command without arguments; a missing node when there is none. */
  JsonNode to(String command) {
    return ask(command, Map.of()).orElse(MissingNode.getInstance());
  }

  /** The answer to a command with arguments; a missing node when there is none. */
  JsonNode to(String command, Map<String, ?> arguments) {
    return ask(command, arguments).orElse(MissingNode.getInstance());
  }

  /** The answer to a question; a missing node when there is none. */
  JsonNode to(Question question) {
    return Optional.ofNullable(answers.get(question)).orElse(MissingNode.getInstance());
  }

  /** All questions that were answered, with their answers, in the order of asking. */
  Map<Question, JsonNode> all() {
    return new LinkedHashMap<>(answers);
  }
}
