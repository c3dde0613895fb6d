package io.drover.driver.probe;

import java.util.List;

/**
 * The emulators of a host.
 *
 * @param found those that answer, without repetition
 * @param leftOut those that hang, crash or do not answer
 */
public record EmulatorSearch(List<Emulator> found, List<LeftOut> leftOut) {
  public EmulatorSearch {
    found = List.copyOf(found);
    leftOut = List.copyOf(leftOut);
  }
}
