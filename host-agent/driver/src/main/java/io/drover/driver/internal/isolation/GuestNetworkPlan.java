package io.drover.driver.internal.isolation;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.NetworkInterface;
import io.drover.contracts.definition.network.NetworkSource;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.internal.resource.ResourcePlan;

/**
 * A domain that is to run in the isolated network.
 *
 * @param cards whether it has network cards
 */
public record GuestNetworkPlan(boolean cards) implements ResourcePlan {
  /**
   * The plan of a domain.
   *
   * @throws ProblemException {@code INVALID_DEFINITION} for a card that leads elsewhere than
   *     through QEMU's own user network: what serves it would be outside
   */
  public static GuestNetworkPlan of(DomainDefinition definition) {
    for (NetworkInterface nic : definition.devices(NetworkInterface.class)) {
      boolean inside =
          nic.source() instanceof NetworkSource.User user
              && user.passt() == null
              && user.forwards().isEmpty();
      if (!inside) {
        throw new ProblemException(
            ErrorCode.INVALID_DEFINITION,
            "Domain "
                + definition.name()
                + " is isolated from its host and has a network card that is not a plain"
                + " <interface type='user'>; use that, or have an operator start it.");
      }
    }
    return new GuestNetworkPlan(!definition.devices(NetworkInterface.class).isEmpty());
  }
}
