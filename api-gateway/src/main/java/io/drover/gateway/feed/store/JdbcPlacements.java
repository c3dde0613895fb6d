package io.drover.gateway.feed.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.contracts.id.HostId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.sql.Query;
import io.drover.gateway.feed.Placements;
import io.drover.gateway.feed.ReceivedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Tables {@code placements} and {@code early_events}. */
@ApplicationScoped
class JdbcPlacements implements Placements {
  /** More than a start and an end with all their steps have. */
  private static final long MAX_EARLY = 64;

  private static final String NOTE =
      "insert into gateway.placements (subject, generation, host_id, project_id, placed_at)"
          + " values (?, ?, ?, ?, now()) on conflict do nothing";
  private static final String HOST =
      "select host_id, project_id from gateway.placements where subject = ? and generation = ?";
  private static final String AWAITED =
      "select 1 as found where not exists"
          + " (select 1 from gateway.placements where subject = ? and generation > ?)"
          + " and exists (select 1 from gateway.domains where id = ?"
          + " union all select 1 from gateway.volumes where id = ?)";
  private static final String KEEP =
      "insert into gateway.early_events (id, subject, generation, record, received_at)"
          + " select ?, ?, ?, ?, now()"
          + " where (select count(*) from gateway.early_events where subject = ?) < ?"
          + " on conflict (id) do update set received_at = early_events.received_at";
  private static final String TAKE =
      "with taken as (delete from gateway.early_events where subject = ? and generation = ?"
          + " returning ordinal, record) select record from taken order by ordinal";
  private static final String FORGET_EARLY =
      "delete from gateway.early_events where received_at < now() - make_interval(secs => ?)";
  private static final String FORGET =
      "delete from gateway.placements where placed_at < now() - make_interval(secs => ?)"
          + " and subject not in (select id from gateway.domains)"
          + " and subject not in (select id from gateway.volumes)";

  private final DataSource database;

  JdbcPlacements(DataSource database) {
    this.database = database;
  }

  @Override
  public void note(UUID subject, long generation, ClaimHolder holder) {
    ProjectId project = holder.project();
    new Query(
            database,
            NOTE,
            subject,
            generation,
            holder.host().value(),
            project == null ? null : project.value())
        .run();
  }

  @Override
  public Optional<ClaimHolder> holder(UUID subject, long generation) {
    return new Query(database, HOST, subject, generation).first(JdbcPlacements::holder);
  }

  private static ClaimHolder holder(ResultSet row) throws SQLException {
    UUID project = row.getObject("project_id", UUID.class);
    return new ClaimHolder(
        new HostId(row.getObject("host_id", UUID.class)),
        project == null ? null : new ProjectId(project));
  }

  @Override
  public boolean isAwaited(UUID subject, long generation) {
    return new Query(database, AWAITED, subject, generation, subject, subject)
        .first(row -> row.getInt("found"))
        .isPresent();
  }

  @Override
  public boolean keep(UUID event, UUID subject, long generation, ReceivedEvent received) {
    String record = new String(ContractJson.write(received), UTF_8);
    return new Query(database, KEEP, event, subject, generation, record, subject, MAX_EARLY).run()
        == 1;
  }

  @Override
  public List<ReceivedEvent> take(UUID subject, long generation) {
    return new Query(database, TAKE, subject, generation)
        .list(
            row -> ContractJson.read(row.getString("record").getBytes(UTF_8), ReceivedEvent.class));
  }

  @Override
  public int forgetEarly(Duration age) {
    return new Query(database, FORGET_EARLY, (double) age.toSeconds()).run();
  }

  @Override
  public int forget(Duration age) {
    return new Query(database, FORGET, (double) age.toSeconds()).run();
  }
}
