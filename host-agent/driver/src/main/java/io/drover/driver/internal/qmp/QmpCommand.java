package io.drover.driver.internal.qmp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.json.ContractJson;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * A command to QEMU.
 *
 * @param arguments as JSON values; never logged
 * @param reply reads the {@code return} member
 */
public record QmpCommand<R>(
    String name, Map<String, ?> arguments, Function<JsonNode, R> reply, TimeoutClass patience) {
  public QmpCommand {
    arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments)); // with JSON's null
  }

  /** A command whose answer says nothing. */
  public static QmpCommand<EmptyReply> change(String name, Map<String, ?> arguments) {
    return new QmpCommand<>(name, arguments, reply -> EmptyReply.DONE, TimeoutClass.CHANGE);
  }

  /** A command whose answer is taken as it is. */
  public static QmpCommand<JsonNode> query(String name) {
    return new QmpCommand<>(name, Map.of(), Function.identity(), TimeoutClass.QUERY);
  }

  /**
   * Any command, for operators.
   *
   * @param argumentsJson a JSON object; anything else is refused with {@code INVALID_REQUEST}
   */
  public static QmpCommand<JsonNode> raw(String name, String argumentsJson) {
    try {
      Map<String, Object> arguments =
          ContractJson.mapper().readValue(argumentsJson, new TypeReference<>() {});
      return new QmpCommand<>(name, arguments, Function.identity(), TimeoutClass.CHANGE);
    } catch (JsonProcessingException e) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST, "The arguments of " + name + " are no JSON object.", e);
    }
  }

  /** The result of a command that returns nothing. */
  public enum EmptyReply {
    DONE
  }
}
