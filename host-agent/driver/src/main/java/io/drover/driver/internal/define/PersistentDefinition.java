package io.drover.driver.internal.define;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.id.DomainId;
import io.drover.driver.DomainState;
import io.drover.driver.DomainStatus;
import io.drover.driver.StateReason;
import java.util.UUID;

/**
 * A persistent domain, whether it runs or not.
 *
 * @param definition of its next start
 * @param autostart whether it starts with the host
 * @param lastEnd the status of its last end
 */
public record PersistentDefinition(
    DomainId id, DomainDefinition definition, boolean autostart, DomainStatus lastEnd) {
  private static final DomainStatus NEVER_RAN =
      new DomainStatus(DomainState.SHUTOFF, StateReason.SHUTOFF_UNKNOWN);

  /** One that has not run since the driver was opened. */
  static PersistentDefinition of(DomainDefinition definition, boolean autostart) {
    UUID uuid = definition.uuid();
    if (uuid == null) {
      throw new IllegalArgumentException("A persistent definition has a uuid");
    }
    return new PersistentDefinition(new DomainId(uuid), definition, autostart, NEVER_RAN);
  }

  public String name() {
    return definition.name();
  }

  PersistentDefinition withDefinition(DomainDefinition next) {
    return new PersistentDefinition(id, next, autostart, lastEnd);
  }

  PersistentDefinition withAutostart(boolean next) {
    return new PersistentDefinition(id, definition, next, lastEnd);
  }

  PersistentDefinition withLastEnd(DomainStatus next) {
    return new PersistentDefinition(id, definition, autostart, next);
  }
}
