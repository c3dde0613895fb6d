package io.drover.definition.abi;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.util.List;
import java.util.Optional;

/**
 * libvirt's ABI stability check: a saved or migrated guest may be given another definition only if
 * it cannot tell the difference. Backends, tuning and names of the host may change; whatever this
 * check does not know to be the host's is taken for the guest's. Pure; for any thread.
 */
public final class AbiCheck {
  private AbiCheck() {}

  /**
   * The first difference that the guest would see, in the order of the definition.
   *
   * @param source the definition that the guest runs by, completed by {@code PostParse}
   * @param target the one that it is to run by, completed too
   */
  public static Optional<AbiDifference> firstDifference(
      DomainDefinition source, DomainDefinition target) {
    return new GuestComparison(GuestElement.of(source), GuestElement.of(target)).first();
  }

  /**
   * Refuses a target that the guest would notice.
   *
   * @throws ProblemException {@code INVALID_DEFINITION} with the first difference
   */
  public static void require(DomainDefinition source, DomainDefinition target) {
    firstDifference(source, target)
        .ifPresent(
            found -> {
              throw new ProblemException(
                  ErrorCode.INVALID_DEFINITION,
                  found.path() + ": " + found.detail(),
                  List.of(found.fault()));
            });
  }
}
