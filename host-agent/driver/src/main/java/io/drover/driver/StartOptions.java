package io.drover.driver;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How a domain is started.
 *
 * @param tags kept in the journal with the domain; the driver does not read them
 * @param paused whether the virtual CPUs stay stopped
 * @param isolated whether guest and QEMU are kept from the host's network: from loopback, every
 *     address of the host, link-local addresses and other isolated guests. They reach what is
 *     outside. Their network cards must be plain user networks
 */
public record StartOptions(
    Map<String, String> tags, boolean paused, StepListener steps, boolean isolated) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  public StartOptions {
    tags = Map.copyOf(tags);
    tags.forEach(StartOptions::requireKeepable);
  }

  private static void requireKeepable(String name, String value) {
    if (!NAME.matcher(name).matches() || value.chars().anyMatch(Character::isISOControl)) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST,
          "The tag \""
              + name
              + "\" cannot be kept; names have 1 to 64 of A-Z a-z 0-9 . _ -"
              + " and values no control characters.");
    }
  }

  /** Runs at once, has no tags, tells nobody, has the host's network. */
  public static StartOptions plain() {
    return new StartOptions(Map.of(), false, StepListener.none(), false);
  }

  public StartOptions withTags(Map<String, String> newTags) {
    return new StartOptions(newTags, paused, steps, isolated);
  }

  public StartOptions withSteps(StepListener newSteps) {
    return new StartOptions(tags, paused, newSteps, isolated);
  }

  public StartOptions withPaused(boolean newPaused) {
    return new StartOptions(tags, newPaused, steps, isolated);
  }

  public StartOptions withIsolated(boolean newIsolated) {
    return new StartOptions(tags, paused, steps, newIsolated);
  }
}
