package io.drover.scheduler.ledger;

import io.drover.contracts.id.HostId;
import io.drover.scheduler.ledger.model.Host;
import java.util.List;
import java.util.Optional;

/** The registry of hosts. */
public interface Hosts {
  List<Host> all();

  Optional<Host> find(HostId id);

  /**
   * Keeps what a host reported, unless a newer report is known. What is claimed stays as it is.
   *
   * @return the host as it is now
   */
  Host report(Host reported);
}
