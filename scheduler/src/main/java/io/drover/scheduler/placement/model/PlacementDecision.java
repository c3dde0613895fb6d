package io.drover.scheduler.placement.model;

import io.drover.contracts.event.PlacementRefused;
import io.drover.scheduler.ledger.model.Host;
import java.util.List;

/** What was decided over one snapshot of the hosts. */
public sealed interface PlacementDecision {
  /**
   * Hosts that can take it, the best first.
   *
   * @param hosts never empty
   */
  record Placed(List<Host> hosts) implements PlacementDecision {
    public Placed {
      hosts = List.copyOf(hosts);
    }
  }

  /**
   * No host can.
   *
   * @param hosts how many were looked at
   * @param filters which rule removed how many, in order
   * @param nearestMiss what the best refused host lacked; empty without hosts
   * @param endsWithReport whether one would do, if its next report is as good as its last
   */
  record NoHost(
      int hosts, List<PlacementRefused.Filter> filters, String nearestMiss, boolean endsWithReport)
      implements PlacementDecision {
    public NoHost {
      filters = List.copyOf(filters);
    }
  }
}
