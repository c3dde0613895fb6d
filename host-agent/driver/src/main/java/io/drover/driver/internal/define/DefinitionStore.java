package io.drover.driver.internal.define;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.Identity;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.DomainId;
import io.drover.driver.DomainStatus;
import io.drover.driver.internal.journal.JournalObserver;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The persistent definitions of one root: their only writer. A change is on stable storage before
 * anybody sees it. Thread-safe; names and ids are unique among them.
 */
public final class DefinitionStore {
  private static final Logger LOG = LoggerFactory.getLogger(DefinitionStore.class);
  private final DefinitionFiles files;
  private final JournalObserver observer;
  private final Map<DomainId, PersistentDefinition> byId = new ConcurrentHashMap<>();

  /** Files that hold no definition, by name: nobody overwrites what people may want to repair. */
  private final Map<String, DefinitionFiles.Found.Unreadable> unreadable = new HashMap<>();

  /**
   * @param folder exists, and is private to the driver; read by {@link #load}
   */
  public DefinitionStore(Path folder, JournalObserver observer) {
    this.files = new DefinitionFiles(folder);
    this.observer = observer;
  }

  /** Reads what there is; a file that cannot be read is logged and left. */
  public synchronized void load() {
    for (DefinitionFiles.Found found : files.read()) {
      if (found instanceof DefinitionFiles.Found.Definition known) {
        PersistentDefinition fresh = PersistentDefinition.of(known.definition(), known.autostart());
        PersistentDefinition other = byId.putIfAbsent(fresh.id(), fresh);
        if (other != null) {
          LOG.error(
              "The definition of domain '{}' is ignored: domain '{}' already has its UUID {}",
              fresh.name(),
              other.name(),
              fresh.id());
        }
      } else if (found instanceof DefinitionFiles.Found.Unreadable broken) {
        unreadable.put(broken.name(), broken);
        LOG.error(
            "The definition file {} is ignored, it cannot be read: {}",
            broken.file(),
            broken.why());
      }
    }
  }

  public Optional<PersistentDefinition> find(DomainId id) {
    return Optional.ofNullable(byId.get(id));
  }

  public Optional<PersistentDefinition> find(String name) {
    return byId.values().stream().filter(each -> each.name().equals(name)).findFirst();
  }

  public Collection<PersistentDefinition> all() {
    return byId.values();
  }

  /**
   * Adds or replaces a definition.
   *
   * @return whether it is a new one
   * @throws ProblemException {@code NAME_TAKEN} when another domain has the name, or this one has
   *     another; {@code INVALID_DEFINITION} for a name that no file can have; {@code INVALID_STATE}
   *     when its file is there and cannot be read
   */
  public synchronized boolean define(DomainDefinition definition) {
    PersistentDefinition fresh = PersistentDefinition.of(definition, false);
    PersistentDefinition known = byId.get(fresh.id());
    if (known != null && !known.name().equals(fresh.name())) {
      throw new ProblemException(
          ErrorCode.NAME_TAKEN,
          "The domain '"
              + known.name()
              + "' is already defined with uuid "
              + fresh.id()
              + "; rename it, or leave the uuid out.");
    }
    requireFree(fresh.name(), fresh.id());
    observer.defining(fresh.id());
    files.write(definition);
    observer.defined(fresh.id());
    byId.put(fresh.id(), known == null ? fresh : known.withDefinition(definition));
    return known == null;
  }

  /**
   * Replaces a definition by one that was made from it.
   *
   * @return false, with nothing changed, when it is {@code before} no longer
   */
  public synchronized boolean replace(DomainDefinition before, DomainDefinition after) {
    PersistentDefinition known = byId.get(PersistentDefinition.of(before, false).id());
    if (known == null || !known.definition().equals(before)) {
      return false;
    }
    define(after);
    return true;
  }

  private void requireFree(String name, DomainId id) {
    DefinitionFiles.requireName(name);
    find(name)
        .filter(other -> !other.id().equals(id))
        .ifPresent(
            other -> {
              throw taken(name, other.id());
            });
    DefinitionFiles.Found.Unreadable broken = unreadable.get(name);
    if (broken != null) {
      throw new ProblemException(
          ErrorCode.INVALID_STATE,
          "The file "
              + broken.file()
              + " cannot be read as a definition ("
              + broken.why()
              + "); repair or remove it and open the root again.");
    }
  }

  /** The refusal of a name that another domain has. */
  public static ProblemException taken(String name, DomainId by) {
    return new ProblemException(
        ErrorCode.NAME_TAKEN,
        "The domain '" + name + "' already exists with uuid " + by + "; use another name.");
  }

  /**
   * Gives a domain another name.
   *
   * @throws ProblemException {@code NOT_FOUND}, {@code NAME_TAKEN}, {@code INVALID_DEFINITION}
   */
  public synchronized void rename(DomainId id, String name) {
    PersistentDefinition known = require(id);
    if (known.name().equals(name)) {
      return;
    }
    requireFree(name, id);
    DomainDefinition renamed = renamed(known.definition(), name);
    files.write(renamed);
    files.setStarts(name, known.autostart());
    byId.put(id, known.withDefinition(renamed));
    files.remove(known.name());
  }

  private static DomainDefinition renamed(DomainDefinition definition, String name) {
    Identity old = definition.identity();
    return definition.withIdentity(
        new Identity(
            name, old.uuid(), old.generation(), old.title(), old.description(), old.metadata()));
  }

  /** Removes a definition; absent is fine. */
  public synchronized void undefine(DomainId id) {
    find(id)
        .ifPresent(
            known -> {
              files.remove(known.name());
              byId.remove(id);
            });
  }

  /**
   * Says whether a domain starts with the host.
   *
   * @throws ProblemException {@code NOT_FOUND}
   */
  public synchronized void autostart(DomainId id, boolean starts) {
    PersistentDefinition known = require(id);
    files.setStarts(known.name(), starts);
    byId.put(id, known.withAutostart(starts));
  }

  /** Remembers how a run has ended, if the domain is persistent. */
  public synchronized void ended(DomainId id, DomainStatus last) {
    byId.computeIfPresent(id, (key, known) -> known.withLastEnd(last));
  }

  /**
   * The definition of a persistent domain.
   *
   * @throws ProblemException {@code NOT_FOUND}
   */
  public PersistentDefinition require(DomainId id) {
    return find(id)
        .orElseThrow(
            () ->
                new ProblemException(
                    ErrorCode.NOT_FOUND,
                    "No persistent domain has the uuid " + id + "; define it first."));
  }
}
