package io.drover.scheduler.ledger;

import io.drover.contracts.id.HostId;
import io.drover.contracts.report.HostState.Admission;
import io.drover.scheduler.ledger.model.Host;
import io.drover.scheduler.ledger.model.ReportedFacts;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The registry of hosts. */
public interface Hosts {
  List<Host> all();

  Optional<Host> find(HostId id);

  /**
   * Keeps what a host reported, unless a newer report is known or the host was removed and its
   * agent not started since. What is claimed stays as it is.
   *
   * @return the host as it is now
   */
  Host report(Host reported, FurtherFacts further);

  /**
   * What a report says beside the host itself.
   *
   * @param next the offset behind the last command that its agent has taken; null from an agent
   *     that does not say it
   * @param commandsWait whether its topic has commands behind that
   */
  record FurtherFacts(ReportedFacts facts, @Nullable Long next, boolean commandsWait) {}

  /** Keeps what an operator has decided; empty when there is no such host. */
  Optional<Host> admit(HostId id, Admission admission, String reason);
}
