package io.drover.gateway.domain;

import io.drover.contracts.command.Resources;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.requirement.Requirements;
import java.util.List;

/** Reads what a tenant sends as the definition of a domain. */
interface Definitions {
  /**
   * Reads and checks a definition, or fails with the faults.
   *
   * @param xml whether it is libvirt XML; JSON otherwise
   * @param operator whether the caller may name host paths and devices
   * @param id the uuid that the definition gets
   */
  Definition read(byte[] body, boolean xml, boolean operator, DomainId id);

  /**
   * Looks for all that is wrong with a definition, what a host would refuse included, and fails
   * with all of it.
   */
  void validate(byte[] body, boolean xml, boolean operator);

  /**
   * What a stored definition requires of the host that is to run it.
   *
   * @param xml as {@link Definition#xml} has it
   */
  Requirements requirements(String xml);

  /**
   * A checked definition.
   *
   * @param xml as libvirt domain XML in its canonical form
   * @param volumes the names of the volumes that its disks name, each once
   */
  record Definition(String name, String xml, Resources resources, List<String> volumes) {
    public Definition {
      volumes = List.copyOf(volumes);
    }
  }
}
