package io.drover.scheduler.ledger.store;

import io.drover.contracts.id.CommandId;
import io.drover.contracts.id.HostId;
import io.drover.contracts.sql.Query;
import io.drover.contracts.sql.SqlArray;
import io.drover.scheduler.ledger.VolumeBindings;
import io.drover.scheduler.ledger.model.VolumeBinding;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Table {@code volume}. */
record VolumeRows(Connection connection) implements VolumeBindings {
  @Override
  public void bind(VolumeBinding volume) {
    new Query(
            connection,
            "insert into volume (id, host_id, generation, size_bytes, state, create_command)"
                + " values (?, ?, ?, ?, ?, ?)",
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
  public void unbind(UUID volumeId) {
    new Query(connection, "delete from volume where id = ?", volumeId).run();
  }
}
