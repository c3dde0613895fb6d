package io.drover.contracts.message;

import io.drover.contracts.audit.KeyAudited;
import io.drover.contracts.command.Command;
import io.drover.contracts.command.HostCommand;
import io.drover.contracts.command.SchedulerCommand;
import io.drover.contracts.event.Event;
import io.drover.contracts.report.HostReport;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The type string of each message, as in {@code io.drover.event.domain-started.v1}. The string is
 * what is versioned; the class may be renamed as long as the string stays.
 */
public final class MessageTypes {
  private static final Map<String, Class<?>> BY_TYPE = new TreeMap<>();
  private static final Map<Class<?>, String> BY_CLASS = new LinkedHashMap<>();

  static {
    Stream.of(SchedulerCommand.class, HostCommand.class)
        .flatMap(kind -> Stream.of(kind.getPermittedSubclasses()))
        .distinct()
        .forEach(type -> register("command", type));
    Stream.of(Event.class.getPermittedSubclasses()).forEach(type -> register("event", type));
    register("report", HostReport.class);
    register("audit", KeyAudited.class);
  }

  private MessageTypes() {}

  private static void register(String kind, Class<?> type) {
    String words = type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-");
    String name = "io.drover." + kind + "." + words.toLowerCase(Locale.ROOT) + ".v1";
    BY_TYPE.put(name, type);
    BY_CLASS.put(type, name);
  }

  /** The type string of a message class; every record of the sealed families has one. */
  public static String of(Class<?> message) {
    String type = BY_CLASS.get(message);
    if (type == null) {
      throw new IllegalArgumentException(message + " is not a message (" + Command.class + ")");
    }
    return type;
  }

  /** The class of a type string; empty for a type that this version does not know. */
  public static Optional<Class<?>> find(String type) {
    return Optional.ofNullable(BY_TYPE.get(type));
  }

  /** All type strings, sorted. */
  public static Collection<String> all() {
    return BY_TYPE.keySet();
  }
}
