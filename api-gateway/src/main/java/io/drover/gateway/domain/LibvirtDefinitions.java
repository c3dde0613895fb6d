package io.drover.gateway.domain;

import io.drover.contracts.command.Resources;
import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainJson;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.definition.TenantPolicy;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem.Fault;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.DomainId;
import io.drover.definition.validation.Validation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Reads definitions as libvirt has them; a tenant's may name nothing of a host. */
@ApplicationScoped
class LibvirtDefinitions implements Definitions {
  @Override
  public Definition read(byte[] body, boolean xml, boolean operator, DomainId id) {
    DomainDefinition definition = xml ? DomainXml.read(body) : DomainJson.read(body);
    if (!operator) {
      refuseWhatIsTheHosts(TenantPolicy.check(definition));
    }
    DomainDefinition own = definition.withUuid(id.value());
    return new Definition(
        own.name(),
        DomainXml.write(own),
        new Resources(own.vcpuCount(), own.memoryMib()),
        own.volumes(TenantPolicy.POOL));
  }

  @Override
  public void validate(byte[] body, boolean xml, boolean operator) {
    List<Fault> faults =
        xml ? Validation.of(body, !operator) : Validation.of(DomainJson.read(body), !operator);
    if (!faults.isEmpty()) {
      throw new ProblemException(
          ErrorCode.INVALID_DEFINITION,
          "The definition has "
              + faults.size()
              + (faults.size() == 1 ? " fault" : " faults")
              + "; errors names each.",
          faults);
    }
  }

  private static void refuseWhatIsTheHosts(List<Fault> faults) {
    if (!faults.isEmpty()) {
      throw new ProblemException(
          ErrorCode.INVALID_DEFINITION,
          "The definition asks for "
              + faults.size()
              + " thing(s) of the host that only an operator may ask for; errors names each.",
          faults);
    }
  }
}
