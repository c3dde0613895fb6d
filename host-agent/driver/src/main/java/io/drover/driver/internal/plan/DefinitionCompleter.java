package io.drover.driver.internal.plan;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.definition.complete.PostParse;

/** Completes a definition that is to last, by what this host's emulators offer. */
public final class DefinitionCompleter {
  private final CapabilitySource capabilities;

  public DefinitionCompleter(CapabilitySource capabilities) {
    this.capabilities = capabilities;
  }

  /**
   * The definition with all that libvirt would add, its type included; a start completes it once
   * more, which changes nothing.
   *
   * @throws io.drover.contracts.error.ProblemException {@code INVALID_DEFINITION} when its parts do
   *     not fit together, {@code EMULATOR_UNUSABLE} when this host cannot run it
   */
  public DomainDefinition complete(DomainDefinition definition) {
    EmulatorChoice choice = EmulatorChoice.of(definition, capabilities.offering(definition));
    return PostParse.complete(definition.withType(choice.domainType()), choice.facts());
  }
}
