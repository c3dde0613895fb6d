package io.drover.gateway.domain.model;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.definition.TenantPolicy;
import io.drover.contracts.operation.LiveOperation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Both definitions of a domain, as libvirt domain XML in its canonical form. Pure.
 *
 * @param config what the next start gets
 * @param live what runs; the same for a domain that does not run
 */
public record DefinitionPair(String config, String live) {
  /**
   * Both as they are after the operation, as far as it is on them.
   *
   * @throws io.drover.contracts.error.ProblemException when one of them does not allow it
   */
  public DefinitionPair after(LiveOperation<?> operation) {
    return new DefinitionPair(
        operation.applies().config() ? changed(config, operation) : config,
        operation.applies().live() ? changed(live, operation) : live);
  }

  /** The same without the running domain, which has ended or is another one by now. */
  public DefinitionPair configAfter(LiveOperation<?> operation) {
    return operation.applies().config()
        ? new DefinitionPair(changed(config, operation), live)
        : this;
  }

  private static String changed(String xml, LiveOperation<?> operation) {
    DomainDefinition before = DomainXml.read(xml);
    DomainDefinition after = operation.changed(before);
    return after.equals(before) ? xml : DomainXml.write(after);
  }

  /** The names of the volumes that either names. */
  public Set<String> volumes() {
    Set<String> names = new LinkedHashSet<>(volumes(config));
    names.addAll(live.equals(config) ? List.of() : volumes(live));
    return names;
  }

  /** The names of the volumes of those definitions that the operation is on. */
  public Set<String> volumesBefore(LiveOperation<?> operation) {
    Set<String> names = new LinkedHashSet<>();
    if (operation.applies().config()) {
      names.addAll(volumes(config));
    }
    if (operation.applies().live()) {
      names.addAll(volumes(live));
    }
    return names;
  }

  /** The names of the volumes that a definition names. */
  public static List<String> volumes(String xml) {
    return DomainXml.read(xml).volumes(TenantPolicy.POOL);
  }
}
