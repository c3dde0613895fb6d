package io.drover.driver;

import java.util.Map;

/**
 * How a domain is started.
 *
 * @param tags kept in the journal with the domain; the driver does not read them
 * @param paused whether the virtual CPUs stay stopped
 */
public record StartOptions(Map<String, String> tags, boolean paused, StepListener steps) {
  public StartOptions {
    tags = Map.copyOf(tags);
  }

  /** Runs at once, has no tags, tells nobody. */
  public static StartOptions plain() {
    return new StartOptions(Map.of(), false, StepListener.none());
  }

  public StartOptions withTags(Map<String, String> newTags) {
    return new StartOptions(newTags, paused, steps);
  }

  public StartOptions withSteps(StepListener newSteps) {
    return new StartOptions(tags, paused, newSteps);
  }

  public StartOptions withPaused(boolean newPaused) {
    return new StartOptions(tags, newPaused, steps);
  }
}
