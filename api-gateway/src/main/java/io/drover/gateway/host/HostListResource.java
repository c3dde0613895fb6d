package io.drover.gateway.host;

import io.drover.contracts.id.OperationId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.report.HostState;
import io.drover.gateway.access.Roles;
import io.drover.gateway.operation.Operations;
import io.drover.gateway.request.ResourceNames;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** KnownHosts, for operators. */
@Path("/v1/hosts")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.OPERATOR)
class HostListResource {
  private final HostDirectory hosts;
  private final Operations operations;
  private final InstantSource clock;

  record HostList(List<HostView> items) {}

  HostListResource(HostDirectory hosts, Operations operations, InstantSource clock) {
    this.hosts = hosts;
    this.operations = operations;
    this.clock = clock;
  }

  @GET
  @Transactional
  public byte[] list() {
    Instant now = clock.instant();
    return ContractJson.write(
        new HostList(hosts.all().stream().map(host -> HostView.of(host, now)).toList()));
  }

  @GET
  @Path("{host}")
  @Transactional
  public byte[] read(@PathParam("host") String host) {
    return ContractJson.write(HostView.of(hosts.require(host), clock.instant()));
  }

  /** Also of a host that was removed, by its id. */
  @GET
  @Path("{host}/operations/{operation}")
  @Transactional
  public byte[] readOperation(
      @PathParam("host") String host, @PathParam("operation") String operation) {
    return ContractJson.write(
        operations
            .find(ProjectId.NONE, OperationId.parse(operation))
            .filter(found -> isOf(found.subject().toString(), host))
            .orElseThrow(() -> ResourceNames.missing("operation", operation)));
  }

  private boolean isOf(String subject, String host) {
    return subject.equals(host)
        || hosts.all().stream()
            .filter(known -> known.name().equals(host))
            .map(HostState::hostId)
            .anyMatch(id -> id.toString().equals(subject));
  }
}
