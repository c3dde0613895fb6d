package io.drover.scheduler.ledger;

import java.util.Map;

/** How far the topic of the scheduler's own decisions is known to be in the database. */
public interface PlacementPositions {
  /** The offset behind the last record that is known, by partition. */
  Map<Integer, Long> all();

  void keep(int partition, long next);
}
