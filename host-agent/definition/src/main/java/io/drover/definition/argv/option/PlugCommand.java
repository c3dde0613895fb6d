package io.drover.definition.argv.option;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A QMP command that adds a part of a machine to a QEMU that runs, or removes it.
 *
 * @param execute the command's name, such as {@code blockdev-add}
 * @param arguments strings, numbers, booleans, and lists and maps of these; null is JSON's
 */
public record PlugCommand(String execute, Map<String, @Nullable Object> arguments) {
  public PlugCommand {
    arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
  }
}
