package io.drover.gateway.feed.store;

import io.drover.contracts.sql.Query;
import io.drover.gateway.feed.ConsumedEvents;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;

/** The ids of the events that were applied. Every call belongs to the transaction at hand. */
@ApplicationScoped
class JdbcConsumedEvents implements ConsumedEvents {
  private static final String FIRST =
      "insert into gateway.consumed_events (id, consumed_at) values (?, now())"
          + " on conflict do nothing";
  private static final String FORGET =
      "delete from gateway.consumed_events where consumed_at < now() - make_interval(secs => ?)";

  private final DataSource database;

  JdbcConsumedEvents(DataSource database) {
    this.database = database;
  }

  @Override
  public boolean first(UUID id) {
    return new Query(database, FIRST, id).run() == 1;
  }

  @Override
  public int forget(Duration age) {
    return new Query(database, FORGET, (double) age.toSeconds()).run();
  }
}
