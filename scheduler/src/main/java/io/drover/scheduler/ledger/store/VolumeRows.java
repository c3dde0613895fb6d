package io.drover.scheduler.ledger.store;

import io.drover.contracts.id.CommandId;
import io.drover.contracts.id.HostId;
import io.drover.contracts.sql.Query;
import io.drover.contracts.sql.SqlArray;
import io.drover.scheduler.ledger.VolumeBindings;
import io.drover.scheduler.ledger.model.Host;
import io.drover.scheduler.ledger.model.VolumeBinding;
import io.drover.scheduler.ledger.model.VolumeDemand;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Table {@code volume}, and the {@code used_disk_bytes} of {@code host} that go with it. */
record VolumeRows(Connection connection) implements VolumeBindings {
  /**
   * As the claim of a domain: the first candidate that still has room is locked, counted and bound,
   * and whoever waited for the lock compares again with what the winner left. What the host had
   * free at its last report is compared too: others than volumes fill disks.
   */
  private static final String BIND =
      """
      with chosen as (
        select h.id
        from unnest(?) with ordinality as candidate (id, rank)
        join host h on h.id = candidate.id
        where h.disk_bytes * ?::float8 - h.used_disk_bytes >= ? and h.disk_free_bytes * ?::float8 >= ?
          and h.reported_at >= ? and h.admission = 'ENABLED'
        order by candidate.rank
        limit 1
        for update of h
      ), taken as (
        update host h
        set used_disk_bytes = h.used_disk_bytes + ?
        from chosen where h.id = chosen.id
        returning h.*
      ), bound as (
        insert into volume (id, host_id, generation, size_bytes, state, create_command)
        select ?, taken.id, ?, ?, 'CREATING', ? from taken
      ), placed as (
        update subject s set generation = ?, last_host_id = taken.id from taken where s.id = ?
      )
      select * from taken
      """;

  private static final String RECALL =
      """
      with added as (
        insert into volume (id, host_id, generation, size_bytes, state, create_command)
        values (?, ?, ?, ?, ?, ?) on conflict (id) do nothing
        returning host_id, size_bytes
      )
      update host h set used_disk_bytes = h.used_disk_bytes + added.size_bytes
      from added where h.id = added.host_id
      """;

  private static final String UNBIND =
      """
      with gone as (
        delete from volume where id = ? returning host_id, size_bytes
      )
      update host h set used_disk_bytes = h.used_disk_bytes - gone.size_bytes
      from gone where h.id = gone.host_id
      """;

  private static final String GROWN =
      """
      with smaller as (
        select id, size_bytes from volume where id = ? and host_id = ? and size_bytes < ? for update
      ), grown as (
        update volume v set size_bytes = ? from smaller where v.id = smaller.id
        returning v.host_id, v.size_bytes - smaller.size_bytes as added_bytes
      )
      update host h set used_disk_bytes = h.used_disk_bytes + grown.added_bytes
      from grown where h.id = grown.host_id
      """;

  @Override
  public Optional<Host> bind(VolumeDemand request) {
    return new Query(
            connection,
            BIND,
            SqlArray.of("uuid", request.hosts().stream().map(host -> host.id().value()).toList()),
            request.overcommit(),
            request.sizeBytes(),
            request.overcommit(),
            request.sizeBytes(),
            request.reportedSince(),
            request.sizeBytes(),
            request.volumeId(),
            request.generation(),
            request.sizeBytes(),
            request.createCommand().value(),
            request.generation(),
            request.volumeId())
        .first(HostRows::read);
  }

  @Override
  public void recalled(VolumeBinding volume) {
    new Query(
            connection,
            RECALL,
            volume.volumeId(),
            volume.hostId().value(),
            volume.generation(),
            volume.sizeBytes(),
            volume.state().name(),
            volume.createCommand().value())
        .run();
  }

  @Override
  public Optional<VolumeBinding> find(UUID volumeId) {
    return new Query(connection, "select * from volume where id = ?", volumeId)
        .first(
            row ->
                new VolumeBinding(
                    row.getObject("id", UUID.class),
                    new HostId(row.getObject("host_id", UUID.class)),
                    row.getLong("generation"),
                    row.getLong("size_bytes"),
                    VolumeBinding.State.valueOf(row.getString("state")),
                    new CommandId(row.getObject("create_command", UUID.class))));
  }

  @Override
  public Map<UUID, HostId> hostsOf(List<UUID> volumeIds) {
    if (volumeIds.isEmpty()) {
      return Map.of();
    }
    return new Query(
            connection,
            "select id, host_id from volume where id = any (?)",
            SqlArray.of("uuid", volumeIds))
        .list(row -> Map.entry(row.getObject(1, UUID.class), row.getObject(2, UUID.class))).stream()
            .collect(Collectors.toMap(Map.Entry::getKey, found -> new HostId(found.getValue())));
  }

  @Override
  public void ready(UUID volumeId, long generation) {
    new Query(
            connection,
            "update volume set state = 'READY' where id = ? and generation = ?",
            volumeId,
            generation)
        .run();
  }

  @Override
  public void grown(UUID volumeId, HostId host, long sizeBytes) {
    new Query(connection, GROWN, volumeId, host.value(), sizeBytes, sizeBytes).run();
  }

  @Override
  public void unbind(UUID volumeId) {
    new Query(connection, UNBIND, volumeId).run();
  }
}
