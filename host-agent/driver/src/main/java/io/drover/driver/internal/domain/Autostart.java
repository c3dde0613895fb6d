package io.drover.driver.internal.domain;

import io.drover.contracts.id.DomainId;
import io.drover.driver.internal.define.AutostartMark;
import io.drover.driver.internal.define.DefinitionStore;
import io.drover.driver.internal.define.PersistentDefinition;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the domains that start with the host: once a boot, one after another, by their names. */
final class Autostart {
  private static final Logger LOG = LoggerFactory.getLogger(Autostart.class);
  private final DefinitionStore definitions;
  private final DomainRegistry registry;
  private final AutostartMark mark;
  private final Consumer<DomainId> start;

  Autostart(
      DefinitionStore definitions,
      DomainRegistry registry,
      AutostartMark mark,
      Consumer<DomainId> start) {
    this.definitions = definitions;
    this.registry = registry;
    this.mark = mark;
    this.start = start;
  }

  /** Those that are due at this opening of the root; marks the boot, so that the next has none. */
  List<DomainId> due() {
    List<PersistentDefinition> all =
        definitions.all().stream()
            .filter(PersistentDefinition::autostart)
            .sorted(Comparator.comparing(PersistentDefinition::name))
            .toList();
    if (all.isEmpty() || mark.set()) {
      return List.of();
    }
    mark.write();
    return all.stream()
        .map(PersistentDefinition::id)
        .filter(id -> registry.find(id).isEmpty())
        .toList();
  }

  /** One that does not start is logged and holds up no other. */
  void run(List<DomainId> due) {
    for (DomainId id : due) {
      try {
        start.accept(id);
      } catch (RuntimeException e) {
        LOG.error("Autostart of domain {} failed", id, e);
      }
    }
  }
}
