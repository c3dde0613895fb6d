package io.drover.agent.domain;

import io.drover.contracts.command.CommandHeader;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
import java.util.List;

/**
 * What a tenant's command may ask of this host is what tenants may ask for. The gateway has checked
 * that before; the host does not depend on it.
 */
final class TenantLimits {
  private TenantLimits() {}

  /**
   * Whether the domain of a command must not reach this host: every domain that a tenant may have,
   * whoever starts it.
   *
   * @param beyondTenants what of its definition only operators may ask for
   */
  static boolean isolated(CommandHeader header, List<Problem.Fault> beyondTenants) {
    return !header.operator() || beyondTenants.isEmpty();
  }

  /**
   * Returns when an operator has asked, or nothing that only operators may ask for is asked.
   *
   * @throws ProblemException {@code FORBIDDEN_FOR_TENANTS} otherwise
   */
  static void require(CommandHeader header, List<Problem.Fault> beyondTenants) {
    if (header.operator() || beyondTenants.isEmpty()) {
      return;
    }
    throw new ProblemException(
        ErrorCode.FORBIDDEN_FOR_TENANTS,
        "The command asks for "
            + beyondTenants.size()
            + " thing(s) of the host that only an operator may ask for, first "
            + beyondTenants.get(0).path()
            + "; an operator has to ask for it.",
        beyondTenants);
  }
}
