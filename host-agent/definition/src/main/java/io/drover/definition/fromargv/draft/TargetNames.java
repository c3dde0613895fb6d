package io.drover.definition.fromargv.draft;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Names of disks, each once: vda, sda, hda, fda. */
public final class TargetNames {
  private static final int LETTERS = 26;
  private final Set<String> taken = new HashSet<>();
  private final Map<String, Integer> next = new HashMap<>();

  /** Keeps a name for a disk whose alias has its number. */
  public void reserve(String prefix, int index) {
    taken.add(name(prefix, index));
  }

  /** The name with this number, whoever has it. */
  public static String name(String prefix, int index) {
    StringBuilder letters = new StringBuilder();
    int rest = index;
    do {
      letters.insert(0, (char) ('a' + rest % LETTERS));
      rest = rest / LETTERS - 1;
    } while (rest >= 0);
    return prefix + letters;
  }

  /** The first name that is free, after those that were given out. */
  public String next(String prefix) {
    int index = next.getOrDefault(prefix, 0);
    while (!taken.add(name(prefix, index))) {
      index++;
    }
    next.put(prefix, index + 1);
    return name(prefix, index);
  }
}
