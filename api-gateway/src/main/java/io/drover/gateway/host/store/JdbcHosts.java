package io.drover.gateway.host.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.contracts.json.ContractJson;
import io.drover.contracts.report.HostState;
import io.drover.contracts.sql.Query;
import io.drover.gateway.host.KnownHosts;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import javax.sql.DataSource;

/** Table {@code hosts}. */
@ApplicationScoped
class JdbcHosts implements KnownHosts {
  private static final String KEEP =
      "insert into gateway.hosts (id, name, state) values (?, ?, ?)"
          + " on conflict (id) do update set name = excluded.name, state = excluded.state";
  private static final String ALL = "select state from gateway.hosts order by name, id";

  private final DataSource database;

  JdbcHosts(DataSource database) {
    this.database = database;
  }

  @Override
  public List<HostState> all() {
    return new Query(database, ALL)
        .list(row -> ContractJson.read(row.getString("state").getBytes(UTF_8), HostState.class));
  }

  @Override
  public void keep(HostState state) {
    String json = new String(ContractJson.write(state), UTF_8);
    new Query(database, KEEP, state.hostId().value(), state.name(), json).run();
  }
}
