package io.drover.driver.probe;

import java.util.List;

/**
 * The emulators of a host.
 *
 * @param found those that answer, one of each architecture
 * @param leftOut those that were tried and hang, crash or do not answer
 */
public record EmulatorSearch(List<Emulator> found, List<LeftOut> leftOut) {
  public EmulatorSearch {
    found = List.copyOf(found);
    leftOut = List.copyOf(leftOut);
  }
}
