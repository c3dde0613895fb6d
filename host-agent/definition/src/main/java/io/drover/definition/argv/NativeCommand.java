package io.drover.definition.argv;

import io.drover.definition.taint.Taint;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A domain as a command.
 *
 * @param environment all variables, in libvirt's order
 * @param argv the emulator and its arguments
 * @param taints what the driver could not answer for
 */
public record NativeCommand(Map<String, String> environment, List<String> argv, Set<Taint> taints) {
  public NativeCommand {
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    argv = List.copyOf(argv);
    taints = Set.copyOf(taints);
  }
}
