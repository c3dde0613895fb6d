package io.drover.agent.domain;

import io.drover.agent.file.DurableFile;
import io.drover.agent.file.FullDisk;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.json.ContractJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The domain records of this host, one file each, all in memory. Thread-safe. */
final class DomainRecords {
  private final Path folder;
  private final Map<DomainId, DomainRecord> byId = new ConcurrentHashMap<>();

  DomainRecords(Path folder) {
    this.folder = DurableFile.folder(folder);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
        DomainRecord domain = ContractJson.read(Files.readAllBytes(file), DomainRecord.class);
        byId.put(domain.domainId(), domain);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the domain records " + folder, e);
    }
  }

  void put(DomainRecord domain) {
    DurableFile.replace(file(domain.domainId()), ContractJson.write(domain));
    byId.put(domain.domainId(), domain);
  }

  /** The same of a fact, which waits while the disk is full. */
  void keep(DomainRecord domain) {
    FullDisk.outwait(() -> put(domain));
  }

  Optional<DomainRecord> find(DomainId id) {
    return Optional.ofNullable(byId.get(id));
  }

  void remove(DomainId id) {
    byId.remove(id);
    DurableFile.remove(file(id));
  }

  Collection<DomainRecord> all() {
    return List.copyOf(byId.values());
  }

  private Path file(DomainId id) {
    return folder.resolve(id + ".json");
  }
}
