package io.drover.definition.cpu;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * A CPU as it shows itself.
 *
 * @param vendor Intel, AMD, Hygon, or empty when it is another
 * @param features by libvirt's names; unknown ones are ignored
 */
public record CpuFacts(String vendor, int family, int model, int stepping, Set<String> features) {
  public CpuFacts {
    features = Collections.unmodifiableSortedSet(new TreeSet<>(features));
  }

  /** libvirt's name of the vendor that CPUID spells {@code GenuineIntel}; empty for others. */
  public static String vendor(String identification) {
    return switch (identification) {
      case "GenuineIntel" -> "Intel";
      case "AuthenticAMD" -> "AMD";
      case "HygonGenuine" -> "Hygon";
      default -> "";
    };
  }
}
