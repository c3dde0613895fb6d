package io.drover.driver.internal.process;

import java.util.ArrayList;
import java.util.List;

/**
 * Has the kernel kill a helper process when the thread that started it ends, as by {@code kill -9}
 * of this program: nobody would end it otherwise.
 */
final class ParentDeathSignal {
  /** For a command that goes through {@code setpriv} anyway. */
  static final List<String> OPTIONS = List.of("--pdeathsig", "KILL");

  private ParentDeathSignal() {}

  /** The same command, bound to the calling thread. */
  static List<String> bound(List<String> command) {
    List<String> bound = new ArrayList<>(List.of("setpriv"));
    bound.addAll(OPTIONS);
    bound.add("--");
    bound.addAll(command);
    return bound;
  }
}
