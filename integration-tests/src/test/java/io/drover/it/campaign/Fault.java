package io.drover.it.campaign;

import java.time.Duration;
import java.util.Set;

/** One thing that goes wrong, and for how long. */
interface Fault {
  /** What it has for itself: no other fault of one of these begins before it is mended. */
  Set<String> targets();

  Duration lasts();

  /** Begins it; what it returns ends it, and returns when the parts concerned are ready again. */
  Mending begin(FaultSite site) throws Exception;

  /** What faults are counted by. */
  default String kind() {
    return getClass().getSimpleName();
  }

  /** Ends a fault. */
  @FunctionalInterface
  interface Mending {
    void mend() throws Exception;
  }
}
