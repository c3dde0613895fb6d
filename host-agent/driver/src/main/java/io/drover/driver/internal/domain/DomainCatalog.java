package io.drover.driver.internal.domain;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.IdSource;
import io.drover.driver.Domain;
import io.drover.driver.DomainFilter;
import io.drover.driver.LifecycleEvent;
import io.drover.driver.LifecycleEvent.Detail;
import io.drover.driver.UndefineFlag;
import io.drover.driver.internal.define.AutostartMark;
import io.drover.driver.internal.define.DefinitionStore;
import io.drover.driver.internal.define.PersistentDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * All domains of a root, active and inactive: looks them up, defines and undefines them, and keeps
 * names unique. Thread-safe.
 */
final class DomainCatalog {
  private final DriverParts parts;
  private final DefinitionStore definitions;
  private final DomainRegistry registry;
  private final StateRemover remover;
  private final AutostartMark mark;
  private final boolean sharedNames;

  DomainCatalog(DriverParts parts, StateRemover remover, AutostartMark mark) {
    this.parts = parts;
    this.definitions = parts.context().definitions();
    this.registry = parts.registry();
    this.remover = remover;
    this.mark = mark;
    this.sharedNames = parts.context().options().sharedNames();
  }

  List<Domain> domains(DomainFilter filter) {
    List<Domain> found = new ArrayList<>();
    registry.domains().stream()
        .filter(run -> definitions.find(run.id()).isEmpty())
        .forEach(found::add);
    definitions.all().forEach(each -> found.add(view(each)));
    return found.stream()
        .filter(filter::accepts)
        .sorted(Comparator.comparing(Domain::name).thenComparing(each -> each.id().value()))
        .toList();
  }

  Optional<Domain> find(DomainId id) {
    Optional<Domain> defined = definitions.find(id).map(this::view);
    return defined.isPresent() ? defined : registry.find(id).map(Domain.class::cast);
  }

  Optional<Domain> find(String name) {
    Optional<Domain> defined = definitions.find(name).map(this::view);
    return defined.isPresent()
        ? defined
        : registry.domains().stream()
            .filter(run -> run.name().equals(name))
            .map(Domain.class::cast)
            .findFirst();
  }

  private Domain view(PersistentDefinition defined) {
    return new PersistentDomain(defined, parts.context(), registry);
  }

  Domain define(DomainDefinition given) {
    UUID uuid = given.uuid() == null ? IdSource.random().next() : given.uuid();
    DomainId id = new DomainId(uuid);
    DomainDefinition completed = parts.completer().complete(given.withUuid(uuid));
    boolean added;
    synchronized (this) {
      requireRunFree(id, completed.name());
      added = definitions.define(completed);
    }
    Domain domain = view(definitions.require(id));
    publish(domain, added ? Detail.DEFINED_ADDED : Detail.DEFINED_UPDATED);
    return domain;
  }

  /** No run of another domain has this name; and no run of this domain another one. */
  private void requireRunFree(DomainId id, String name) {
    registry
        .runNamed(name)
        .filter(other -> !other.equals(id))
        .ifPresent(
            other -> {
              throw DefinitionStore.taken(name, other);
            });
    registry
        .find(id)
        .filter(run -> !run.name().equals(name))
        .ifPresent(
            run -> {
              throw new ProblemException(
                  ErrorCode.NAME_TAKEN,
                  "The domain '"
                      + run.name()
                      + "' already runs with uuid "
                      + id
                      + "; use its name, or another uuid.");
            });
  }

  /**
   * Reserves a domain that is to be started.
   *
   * @throws ProblemException {@code INVALID_STATE} when it runs already, {@code NAME_TAKEN} when
   *     another domain has its name
   */
  synchronized void reserve(DomainId id, String name) {
    definitions
        .find(id)
        .filter(known -> !known.name().equals(name))
        .ifPresent(
            known -> {
              throw new ProblemException(
                  ErrorCode.NAME_TAKEN,
                  "The domain '"
                      + known.name()
                      + "' is already defined with uuid "
                      + id
                      + "; use its name, or another uuid.");
            });
    if (!sharedNames) {
      definitions
          .find(name)
          .map(PersistentDefinition::id)
          .or(() -> registry.runNamed(name))
          .filter(other -> !other.equals(id))
          .ifPresent(
              other -> {
                throw DefinitionStore.taken(name, other);
              });
    }
    registry.reserve(id, name);
  }

  Domain rename(DomainId id, String name) {
    PersistentDefinition known = definitions.require(id);
    registry.reserve(id, name);
    try {
      synchronized (this) {
        registry
            .runNamed(name)
            .filter(other -> !other.equals(id))
            .ifPresent(
                other -> {
                  throw DefinitionStore.taken(name, other);
                });
        definitions.rename(id, name);
      }
    } finally {
      registry.free(id);
    }
    Domain domain = view(definitions.require(id));
    if (!known.name().equals(name)) {
      publish(domain, Detail.UNDEFINED_RENAMED);
      publish(domain, Detail.DEFINED_RENAMED);
    }
    return domain;
  }

  void autostart(DomainId id, boolean starts) {
    if (definitions.find(id).isEmpty() && registry.find(id).isPresent()) {
      throw new ProblemException(
          ErrorCode.INVALID_STATE,
          "The transient domain " + id + " cannot start with the host; define it first.");
    }
    if (starts) {
      mark.write(); // this boot has its start behind it
    }
    definitions.autostart(id, starts);
  }

  void undefine(DomainId id, Set<UndefineFlag> flags) {
    Optional<PersistentDefinition> known = definitions.find(id);
    Domain domain = known.map(this::view).orElse(null);
    if (known.isPresent() && registry.find(id).isPresent()) {
      remover.undefineActive(id, flags);
      definitions.undefine(id);
    } else {
      registry.reserve(id, known.map(PersistentDefinition::name).orElse(""));
      try {
        remover.undefine(id, flags);
        definitions.undefine(id);
      } finally {
        registry.free(id);
      }
    }
    if (domain != null) {
      publish(domain, Detail.UNDEFINED_REMOVED);
    }
  }

  private void publish(Domain domain, Detail detail) {
    parts
        .context()
        .listeners()
        .lifecycle(new LifecycleEvent(domain, detail, parts.context().options().clock().instant()));
  }
}
