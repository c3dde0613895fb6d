package io.drover.definition.cpu;

import java.util.List;

/**
 * A CPU as a named model and what differs from it.
 *
 * @param vendor Intel, AMD, Hygon, or empty when it is another
 * @param require what the CPU has besides the model
 * @param disable what the model has and the CPU lacks
 */
public record CpuDescription(
    String model, String vendor, List<String> require, List<String> disable) {
  public CpuDescription {
    require = List.copyOf(require);
    disable = List.copyOf(disable);
  }

  int differences() {
    return require.size() + disable.size();
  }
}
