package io.drover.definition.fromargv.line;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One option of a command line.
 *
 * @param name with one dash
 * @param value null for a switch
 */
public record NativeOption(String name, @Nullable String value) {
  private static final Set<String> SWITCHES =
      Set.of(
          "-S",
          "-s",
          "-h",
          "-usb",
          "-snapshot",
          "-nographic",
          "-daemonize",
          "-preconfig",
          "-no-user-config",
          "-nodefaults",
          "-no-shutdown",
          "-no-reboot",
          "-no-acpi",
          "-no-hpet",
          "-no-fd-bootchk",
          "-no-quit",
          "-enable-kvm",
          "-mem-prealloc",
          "-full-screen",
          "-alt-grab",
          "-ctrl-grab",
          "-win2k-hack",
          "-only-migratable",
          "-enable-sync-profile",
          "-singlestep");

  /**
   * The options after the emulator's path.
   *
   * @param known whether an option takes a value, whatever that looks like, or is a switch
   */
  public static List<NativeOption> all(List<String> words, Predicate<String> known) {
    List<NativeOption> found = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      String name = word.startsWith("--") ? word.substring(1) : word;
      boolean option = name.startsWith("-") && name.length() > 1;
      if (!option) {
        found.add(new NativeOption("-hda", word)); // a lone word is QEMU's first disk
        continue;
      }
      boolean last = i + 1 == words.size();
      if (SWITCHES.contains(name)
          || last
          || (!known.test(name) && words.get(i + 1).startsWith("-"))) {
        found.add(new NativeOption(name, null));
      } else {
        found.add(new NativeOption(name, words.get(++i)));
      }
    }
    return found;
  }

  /** The words that it is made of. */
  public List<String> words() {
    return value == null ? List.of(name) : List.of(name, value);
  }

  /** As a person would write it. */
  public String shown() {
    return String.join(" ", words());
  }
}
