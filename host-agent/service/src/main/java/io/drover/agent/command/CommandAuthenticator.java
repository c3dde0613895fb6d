package io.drover.agent.command;

import io.drover.contracts.command.HostCommand;
import io.drover.contracts.command.OperateDomain;
import io.drover.contracts.command.StartDomain;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.definition.TenantPolicy;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.signature.RecordVerifier;
import io.drover.contracts.signature.SignedRecord;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/**
 * Decides whether a record may tell this host what to do: the scheduler has signed it, and what a
 * tenant has asked for is what tenants may ask for. The gateway has checked that before; the host
 * does not depend on it.
 */
final class CommandAuthenticator {
  private final RecordVerifier scheduler;
  private final Counter forged;

  /**
   * @param scheduler knows the keys of the schedulers
   */
  CommandAuthenticator(RecordVerifier scheduler, MeterRegistry meters) {
    this.scheduler = scheduler;
    this.forged =
        Counter.builder("drover.agent.commands.forged")
            .description("Records of the host's topic that no scheduler has signed")
            .register(meters);
  }

  /**
   * Returns when a scheduler has signed the record.
   *
   * @throws ProblemException {@code FORBIDDEN} otherwise
   */
  void requireSigned(SignedRecord record) {
    try {
      scheduler.require(record);
    } catch (ProblemException e) {
      forged.increment();
      throw e;
    }
  }

  /**
   * Returns when whoever has asked may have asked for it.
   *
   * @throws ProblemException {@code FORBIDDEN_FOR_TENANTS} otherwise
   */
  void requireAllowed(HostCommand command) {
    List<Problem.Fault> faults = command.header().operator() ? List.of() : beyondTenants(command);
    if (!faults.isEmpty()) {
      throw new ProblemException(
          ErrorCode.FORBIDDEN_FOR_TENANTS,
          "The command asks for "
              + faults.size()
              + " thing(s) of the host that only an operator may ask for, first "
              + faults.get(0).path()
              + "; an operator has to define the domain.",
          faults);
    }
  }

  private static List<Problem.Fault> beyondTenants(HostCommand command) {
    if (command instanceof StartDomain start) {
      return TenantPolicy.check(DomainXml.read(start.definition()));
    }
    return command instanceof OperateDomain operate
        ? operate.operation().beyondTenants()
        : List.of();
  }
}
