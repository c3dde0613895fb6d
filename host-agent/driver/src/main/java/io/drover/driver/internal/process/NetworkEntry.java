package io.drover.driver.internal.process;

import java.nio.file.Path;
import java.util.List;

/**
 * Where the network of a process is that a {@link QemuLauncher} starts.
 *
 * @param command what its command line begins with to get there; empty for this program's own
 * @param input its standard input, which it holds open as long as it runs
 */
public record NetworkEntry(List<String> command, Path input) {
  /** The network that this program has. */
  public static final NetworkEntry OF_HOST = new NetworkEntry(List.of(), Path.of("/dev/null"));

  public NetworkEntry {
    command = List.copyOf(command);
  }
}
