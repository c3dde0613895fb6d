package io.drover.driver.internal.probe;

import io.drover.driver.Emulator;
import io.drover.driver.RejectedEmulator;
import java.util.List;

/**
 * The emulators of a host.
 *
 * @param found those that answer, one of each architecture
 * @param leftOut those that were tried and hang, crash or do not answer
 */
public record EmulatorSearch(List<Emulator> found, List<RejectedEmulator> leftOut) {
  public EmulatorSearch {
    found = List.copyOf(found);
    leftOut = List.copyOf(leftOut);
  }
}
