package io.drover.agent.volume;

import io.drover.agent.file.DurableFile;
import io.drover.contracts.id.VolumeId;
import io.drover.contracts.json.ContractJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The volumes of this host: content at {@code volumes/<id>}, what is known about it beside the
 * agent's journal. A volume exists when its record does; paths are made of ids alone. Thread-safe.
 */
public final class VolumeStore {
  private final Path contents;
  private final Path records;

  public VolumeStore(Path contents, Path records) {
    this.contents = DurableFile.folder(contents);
    this.records = DurableFile.folder(records);
  }

  /** Where the volume's content is, whether it exists or not. */
  public Path path(VolumeId id) {
    return contents.resolve(id.toString());
  }

  public Optional<VolumeRecord> find(VolumeId id) {
    return DurableFile.read(record(id)).map(json -> ContractJson.read(json, VolumeRecord.class));
  }

  /** The content is whole; from here on the volume exists. */
  void put(VolumeRecord volume) {
    DurableFile.replace(record(volume.volumeId()), ContractJson.write(volume));
  }

  /** The volume is no more; its content goes after this. */
  void remove(VolumeId id) {
    DurableFile.remove(record(id));
  }

  public List<VolumeRecord> all() {
    List<VolumeRecord> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(records)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
        all.add(ContractJson.read(Files.readAllBytes(file), VolumeRecord.class));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the volume records " + records, e);
    }
    return all;
  }

  private Path record(VolumeId id) {
    return records.resolve(id + ".json");
  }
}
