package io.drover.driver.internal.tpm;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.Tpm;
import io.drover.contracts.id.DomainId;
import io.drover.driver.internal.resource.ResourcePlan;
import java.util.Optional;

/**
 * An emulated TPM that a start needs.
 *
 * @param alias of its device
 * @param name of the domain, for the certificates
 * @param isolated whether swtpm runs in the isolated network, as its QEMU does
 */
public record TpmPlan(
    DomainId id,
    String name,
    String alias,
    Tpm.EmulatedTpm emulator,
    TpmFiles files,
    boolean isolated)
    implements ResourcePlan {
  /** The emulated TPM of a completed definition; a machine has one at most. */
  public static Optional<TpmPlan> of(DomainDefinition placed, DomainId id, TpmFiles files) {
    for (Tpm tpm : placed.devices(Tpm.class)) {
      String alias = tpm.info().alias();
      if (tpm.backend() instanceof Tpm.EmulatedTpm emulator && alias != null) {
        return Optional.of(new TpmPlan(id, placed.name(), alias, emulator, files, false));
      }
    }
    return Optional.empty();
  }

  /** The same for an isolated domain. */
  public TpmPlan isolatedFromHost() {
    return new TpmPlan(id, name, alias, emulator, files, true);
  }

  boolean two() {
    return !"1.2".equals(emulator.version());
  }

  boolean encrypted() {
    return emulator.encryption() != null;
  }
}
