package io.drover.scheduler.ledger.store;

import io.drover.contracts.sql.Query;
import io.drover.scheduler.ledger.PlacementPositions;
import java.sql.Connection;
import java.util.Map;
import java.util.stream.Collectors;

/** Table {@code placement_position}. */
record PlacementPositionRows(Connection connection) implements PlacementPositions {
  private record Row(int partition, long next) {}

  @Override
  public Map<Integer, Long> all() {
    return new Query(connection, "select partition, next_offset from placement_position")
        .list(row -> new Row(row.getInt("partition"), row.getLong("next_offset"))).stream()
            .collect(Collectors.toMap(Row::partition, Row::next));
  }

  @Override
  public void keep(int partition, long next) {
    new Query(
            connection,
            "insert into placement_position (partition, next_offset) values (?, ?)"
                + " on conflict (partition) do update set next_offset = excluded.next_offset",
            partition,
            next)
        .run();
  }
}
