package io.drover.contracts.operation;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.DatabindContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.jsontype.impl.TypeIdResolverBase;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The names of a sealed family in JSON: each permitted record has its {@link JsonTypeName}. Adding
 * a record to the family is enough. Thread-safe once Jackson has initialised it.
 */
final class PermittedTypes extends TypeIdResolverBase {
  private Map<String, Class<?>> byName = Map.of();

  @Override
  public void init(JavaType family) {
    Class<?> sealed = family.getRawClass();
    while (!sealed.isSealed()) {
      sealed = sealed.getInterfaces()[0]; // one of its records
    }
    byName =
        Arrays.stream(sealed.getPermittedSubclasses())
            .collect(
                Collectors.toMap(
                    PermittedTypes::nameOf, each -> each, (one, other) -> one, TreeMap::new));
  }

  private static String nameOf(Class<?> type) {
    return Objects.requireNonNull(type.getAnnotation(JsonTypeName.class), type.getName()).value();
  }

  @Override
  public String idFromValue(Object value) {
    return nameOf(value.getClass());
  }

  @Override
  public String idFromValueAndType(Object value, Class<?> suggestedType) {
    return nameOf(value == null ? suggestedType : value.getClass());
  }

  /** Null for a name that nobody has, which Jackson refuses. */
  @Override
  public @Nullable JavaType typeFromId(DatabindContext context, String id) {
    Class<?> type = byName.get(id);
    return type == null ? null : context.constructType(type);
  }

  @Override
  public String getDescForKnownTypeIds() {
    return String.join(", ", byName.keySet());
  }

  @Override
  public JsonTypeInfo.Id getMechanism() {
    return JsonTypeInfo.Id.CUSTOM;
  }
}
