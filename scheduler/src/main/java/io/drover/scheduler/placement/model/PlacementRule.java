package io.drover.scheduler.placement.model;

import io.drover.scheduler.ledger.model.Host;
import java.util.Optional;

/** One reason why a host cannot take what is to be placed. Pure. */
public interface PlacementRule {
  /** The filter's name in a refusal. */
  default String name() {
    return getClass().getSimpleName();
  }

  /** What the host lacks; empty when the rule is kept. */
  Optional<Shortfall> miss(PlacementRequest request, Host host);

  /** Whether the host's next report may change it: what was reported too long ago is not known. */
  default boolean endsWithReport() {
    return false;
  }
}
