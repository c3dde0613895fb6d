package io.drover.contracts.requirement;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a host's CPU must be able to do for a guest.
 *
 * @param mode custom, host-model, host-passthrough or maximum; null for the machine's default CPU
 * @param model the model of custom; null otherwise
 * @param vendor the vendor that the host's CPU must be of; null for any
 * @param requiredFeatures the features with the policy {@code require}, sorted
 */
public record CpuRequirement(
    @Nullable String mode,
    @Nullable String model,
    @Nullable String vendor,
    List<String> requiredFeatures) {
  /** The machine's default CPU, which every host of its architecture has. */
  public static final CpuRequirement NONE = new CpuRequirement(null, null, null, List.of());

  public CpuRequirement {
    requiredFeatures = List.copyOf(requiredFeatures);
  }
}
