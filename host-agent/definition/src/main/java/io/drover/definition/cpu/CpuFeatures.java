package io.drover.definition.cpu;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The features that x86 CPUs can have, under libvirt's names, QEMU's and the kernel's. */
public final class CpuFeatures {
  private static final Set<String> SOURCES = Set.of("qemu", "linux", "linux-Intel", "linux-AMD");
  private static final CpuFeatures X86 = new CpuFeatures(TextTable.lines("features.txt"));

  private final Map<String, Integer> places = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> aliases = new HashMap<>();
  private final Map<String, String> qemuNames = new HashMap<>();

  private CpuFeatures(List<String> lines) {
    for (String line : lines) {
      List<String> words = List.of(line.split(" "));
      if (SOURCES.contains(words.get(0))) {
        words.subList(1, words.size()).forEach(word -> alias(words.get(0), word));
      } else {
        words.forEach(word -> places.put(word, places.size()));
      }
    }
  }

  private void alias(String source, String word) {
    int equals = word.indexOf('=');
    String theirs = word.substring(0, equals);
    String ours = word.substring(equals + 1);
    aliases.computeIfAbsent(source, key -> new HashMap<>()).put(theirs, ours);
    if (source.equals("qemu")) {
      qemuNames.put(ours, theirs);
    }
  }

  /** The features of x86. */
  public static CpuFeatures x86() {
    return X86;
  }

  /** Whether a CPU can have this feature, by libvirt's name. */
  public boolean knows(String name) {
    return places.containsKey(name);
  }

  /** libvirt's name of a property of QEMU's CPUs, as pclmuldq for pclmulqdq. */
  public String fromQemu(String property) {
    return name("qemu", property);
  }

  /** The property of QEMU's CPUs that has this name in libvirt. */
  public String toQemu(String name) {
    return qemuNames.getOrDefault(name, name);
  }

  /** libvirt's names of the flags in {@code /proc/cpuinfo}; flags of the kernel's own drop out. */
  public Set<String> fromLinux(Collection<String> flags, String vendor) {
    Set<String> found = new TreeSet<>();
    for (String flag : flags) {
      String name = name("linux-" + vendor, name("linux", flag));
      // The kernel sets ssbd for either of AMD's ways to it, and tells the virtual one besides.
      boolean virtual = name.equals("amd-ssbd") && flags.contains("virt_ssbd");
      if (knows(name) && !virtual) {
        found.add(name);
      }
    }
    return found;
  }

  /** Those of the features that are known, in the order of libvirt's documents. */
  List<String> ordered(Collection<String> names) {
    return names.stream()
        .filter(places::containsKey)
        .sorted((a, b) -> Integer.compare(place(a), place(b)))
        .toList();
  }

  private int place(String name) {
    return places.getOrDefault(name, Integer.MAX_VALUE);
  }

  private String name(String source, String theirs) {
    return aliases.getOrDefault(source, Map.of()).getOrDefault(theirs, theirs);
  }
}
