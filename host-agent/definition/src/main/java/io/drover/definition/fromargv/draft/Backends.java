package io.drover.definition.fromargv.draft;

import io.drover.definition.fromargv.line.NativeOption;
import io.drover.definition.fromargv.line.Values;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What options have put up for devices to use, by option and id. */
public final class Backends {
  private static final Map<String, String> KINDS =
      Map.of(
          "-blockdev", "driver",
          "-drive", "file",
          "-chardev", "backend",
          "-netdev", "type",
          "-object", "qom-type",
          "-audiodev", "driver",
          "-tpmdev", "type",
          "-fsdev", "fsdriver");

  private final Map<String, Map<String, Values>> known = new HashMap<>();
  private final Map<Values, NativeOption> options = new LinkedHashMap<>();
  private final Set<NativeOption> kept = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Values> used = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Whether the option puts up a back end; it is kept then. */
  public boolean keep(NativeOption option) {
    String implied = KINDS.get(option.name());
    if (implied == null || option.value() == null) {
      return false;
    }
    Values values = Values.of(option.value(), implied).of(option);
    String id = values.take(option.name().equals("-blockdev") ? "node-name" : "id");
    if (option.name().equals("-drive") && !values.is("if", "none")) {
      return false;
    }
    known
        .computeIfAbsent(option.name(), key -> new LinkedHashMap<>())
        .put(id == null ? "" : id, values);
    options.put(values, option);
    kept.add(option);
    return true;
  }

  /** The back end, which is used now; null when there is none of this id. */
  public @Nullable Values use(String option, @Nullable String id) {
    Values found = look(option, id);
    if (found != null) {
      used.add(found);
    }
    return found;
  }

  /** The back end, without using it. */
  public @Nullable Values look(String option, @Nullable String id) {
    return id == null ? null : known.getOrDefault(option, Map.of()).get(id);
  }

  public boolean isKept(NativeOption option) {
    return kept.contains(option);
  }

  public boolean isUsed(Values backend) {
    return used.contains(backend);
  }

  /** All of an option, by id. */
  public Map<String, Values> all(String option) {
    return known.getOrDefault(option, Map.of());
  }

  /** Tells of what nobody uses, and of what is left of the rest. */
  public void transfer(ParsedCommandLine draft) {
    options.forEach(
        (values, option) -> {
          if (!used.contains(values)) {
            draft.unknown(option);
          } else if (!values.left().isEmpty()) {
            draft.unknownParts(option, values.takeLeft());
          }
        });
  }
}
