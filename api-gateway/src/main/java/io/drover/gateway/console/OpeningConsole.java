package io.drover.gateway.console;

import io.drover.contracts.address.SafeAddresses;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.ProjectId;
import io.drover.gateway.access.Caller;
import io.drover.gateway.access.Memberships;
import io.drover.gateway.domain.Domains;
import io.drover.gateway.domain.model.DomainConditions;
import io.drover.gateway.domain.model.DomainPhase;
import io.drover.gateway.domain.model.TenantDomain;
import io.drover.gateway.request.ResourceNames;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.util.Set;

/** Decides whether a console may be opened, and where it is. */
@ApplicationScoped
class OpeningConsole {
  private static final Set<DomainPhase> LIVE = Set.of(DomainPhase.PLACED, DomainPhase.RUNNING);

  private final Memberships memberships;
  private final Domains domains;

  OpeningConsole(Memberships memberships, Domains domains) {
    this.memberships = memberships;
    this.domains = domains;
  }

  /**
   * Where the console is.
   *
   * @throws ProblemException {@code UNAVAILABLE} for an address of the host that is not protected
   */
  @ActivateRequestContext
  @Transactional
  ConsoleTarget target(Caller caller, String project, String reference) {
    ProjectId id = memberships.require(caller, project);
    TenantDomain domain =
        domains.find(id, reference).orElseThrow(() -> ResourceNames.missing("domain", reference));
    DomainConditions.AssignedHost host = domain.state().host();
    if (host == null || !LIVE.contains(domain.phase())) {
      throw new ProblemException(
          ErrorCode.INVALID_STATE,
          "The domain \"" + domain.name() + "\" is " + domain.phase() + "; start it first.");
    }
    URI agent = host.agentUrl();
    requireProtected(host);
    boolean tls = "https".equals(agent.getScheme());
    int port = agent.getPort() > 0 ? agent.getPort() : tls ? 443 : 80;
    URI address =
        URI.create(
            (tls ? "wss://" : "ws://")
                + agent.getHost()
                + ":"
                + port
                + "/v1/domains/"
                + domain.id()
                + "/console");
    return new ConsoleTarget(address, host.id(), domain.id());
  }

  /** The host says it itself, and typed passwords go there. */
  private static void requireProtected(DomainConditions.AssignedHost host) {
    try {
      SafeAddresses.requireWeb("DROVER_AGENT_URL of host " + host.name(), host.agentUrl());
    } catch (ProblemException e) {
      throw new ProblemException(ErrorCode.UNAVAILABLE, e.problem().detail(), e);
    }
  }
}
