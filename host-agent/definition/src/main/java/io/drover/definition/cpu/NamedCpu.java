package io.drover.definition.cpu;

import java.util.List;
import java.util.Set;

/**
 * A CPU model that has a name.
 *
 * @param vendor Intel, AMD, Hygon; empty for the generic ones
 * @param signatures the processors that are sold under the name
 * @param removed what QEMU's model once had: its absence is written down
 * @param forGuests false where only a host may be called so
 */
record NamedCpu(
    String name,
    String vendor,
    List<Signature> signatures,
    Set<String> removed,
    boolean forGuests,
    Set<String> features) {
  NamedCpu {
    signatures = List.copyOf(signatures);
    removed = Set.copyOf(removed);
    features = Set.copyOf(features);
  }

  boolean signedAs(CpuFacts cpu) {
    return signatures.stream().anyMatch(each -> each.matches(cpu));
  }

  /** Family, model and, where they tell models apart, steppings. */
  record Signature(int family, int model, int firstStepping, int lastStepping) {
    /** Reads {@code 6/85} or {@code 6/85/0-4}. */
    static Signature parse(String text) {
      String[] parts = text.split("/", -1);
      int family = Integer.parseInt(parts[0]);
      int model = Integer.parseInt(parts[1]);
      if (parts.length == 2) {
        return new Signature(family, model, 0, Integer.MAX_VALUE);
      }
      String[] steppings = parts[2].split("-", -1);
      return new Signature(
          family, model, Integer.parseInt(steppings[0]), Integer.parseInt(steppings[1]));
    }

    boolean matches(CpuFacts cpu) {
      return cpu.family() == family
          && cpu.model() == model
          && cpu.stepping() >= firstStepping
          && cpu.stepping() <= lastStepping;
    }
  }
}
