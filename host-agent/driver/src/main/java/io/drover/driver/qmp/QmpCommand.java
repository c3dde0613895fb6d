package io.drover.driver.qmp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.function.Function;

/**
 * A command to QEMU.
 *
 * @param arguments as JSON values; never logged
 * @param reply reads the {@code return} member
 */
public record QmpCommand<R>(
    String name, Map<String, ?> arguments, Function<JsonNode, R> reply, Patience patience) {
  public QmpCommand {
    arguments = Map.copyOf(arguments);
  }

  /** A command whose answer says nothing. */
  public static QmpCommand<Done> change(String name, Map<String, ?> arguments) {
    return new QmpCommand<>(name, arguments, reply -> Done.DONE, Patience.CHANGE);
  }

  /** A command whose answer is taken as it is. */
  public static QmpCommand<JsonNode> query(String name) {
    return new QmpCommand<>(name, Map.of(), Function.identity(), Patience.QUERY);
  }

  /** The result of a command that returns nothing. */
  public enum Done {
    DONE
  }
}
