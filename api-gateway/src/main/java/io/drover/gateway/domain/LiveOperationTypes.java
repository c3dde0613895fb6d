package io.drover.gateway.domain;

import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.JsonNode;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.operation.LiveOperation;
import java.util.Map;
import java.util.TreeMap;

/** The operations on a domain by their names. Pure. */
final class LiveOperationTypes {
  private static final int MAX_SHOWN = 64;
  private static final Map<String, Class<? extends LiveOperation<?>>> BY_NAME = byName();

  private LiveOperationTypes() {}

  @SuppressWarnings("unchecked")
  private static Map<String, Class<? extends LiveOperation<?>>> byName() {
    Map<String, Class<? extends LiveOperation<?>>> all = new TreeMap<>();
    for (Class<?> type : LiveOperation.class.getPermittedSubclasses()) {
      String name = type.getAnnotation(JsonTypeName.class).value();
      all.put(name, (Class<? extends LiveOperation<?>>) type);
    }
    return all;
  }

  /** The class that a body is of, or a problem that names all there are. */
  static Class<? extends LiveOperation<?>> of(JsonNode body) {
    JsonNode named = body.path("operation");
    Class<? extends LiveOperation<?>> type = BY_NAME.get(named.asText(""));
    if (type == null) {
      String shown = named.isMissingNode() ? "missing" : named.toString();
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST,
          "The operation is "
              + (shown.length() > MAX_SHOWN ? shown.substring(0, MAX_SHOWN) + "..." : shown)
              + "; name one of "
              + String.join(", ", BY_NAME.keySet())
              + ".");
    }
    return type;
  }
}
