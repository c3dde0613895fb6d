package io.drover.contracts.event;

import io.drover.contracts.error.Problem;
import java.util.List;

/**
 * No host could take the domain or volume.
 *
 * @param hosts how many hosts were looked at
 * @param filters which filter removed how many hosts, in the order they were applied
 * @param nearestMiss what the best refused host lacked, as a sentence; empty without hosts
 */
public record PlacementRefused(Problem problem, int hosts, List<Filter> filters, String nearestMiss)
    implements Event {
  public PlacementRefused {
    filters = List.copyOf(filters);
  }

  public record Filter(String name, int removed) {}
}
