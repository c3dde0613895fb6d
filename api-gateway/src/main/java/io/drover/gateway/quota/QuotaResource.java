package io.drover.gateway.quota;

import io.drover.gateway.access.CurrentProject;
import io.drover.gateway.access.InProject;
import io.drover.gateway.access.Roles;
import io.drover.gateway.quota.model.QuotaLimits;
import io.drover.gateway.request.HttpResult;
import io.drover.gateway.request.Mutation;
import io.drover.gateway.request.Mutations;
import io.drover.gateway.request.Preconditions;
import io.drover.gateway.request.RequestBodies;
import io.drover.gateway.request.RequestContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What a project may have and what it has; its members read it, operators set it. */
@Path("/v1/projects/{project}/quota")
@Produces(MediaType.APPLICATION_JSON)
@InProject
class QuotaResource {
  private static final Logger LOG = Logger.getLogger(QuotaResource.class);

  private final Quotas quotas;
  private final ReservingQuota reserving;
  private final Mutations mutations;
  private final RequestContext requests;
  private final RequestBodies bodies;
  private final CurrentProject project;

  QuotaResource(
      Quotas quotas,
      ReservingQuota reserving,
      Mutations mutations,
      RequestContext requests,
      RequestBodies bodies,
      CurrentProject project) {
    this.quotas = quotas;
    this.reserving = reserving;
    this.mutations = mutations;
    this.requests = requests;
    this.bodies = bodies;
    this.project = project;
  }

  @GET
  @RolesAllowed({Roles.TENANT, Roles.OPERATOR, Roles.AUTOMATION})
  @Transactional
  public Response read() {
    return RequestContext.response(shown(quotas.limits(project.id())));
  }

  @PUT
  @RolesAllowed(Roles.OPERATOR)
  @Consumes(MediaType.APPLICATION_JSON)
  public Response set(InputStream body) {
    Mutation mutation = requests.mutation(project.caller(), bodies.read(body));
    String ifMatch = requests.ifMatch();
    return RequestContext.response(mutations.run(mutation, () -> set(mutation, ifMatch)));
  }

  private HttpResult set(Mutation mutation, @Nullable String ifMatch) {
    QuotaRequest asked = bodies.parse(mutation.body(), QuotaRequest.class);
    Preconditions.check(ifMatch, quotas.lock(project.id()).version());
    QuotaLimits limits = quotas.set(project.id(), asked.own());
    LOG.infof(
        "Quota of project=%s set by %s: %s, and the defaults for the rest",
        project.name(), mutation.caller(), limits.own());
    return shown(limits);
  }

  private HttpResult shown(QuotaLimits limits) {
    return HttpResult.json(
            200, QuotaView.of(limits, reserving.defaults(), quotas.used(project.id())))
        .with(HttpHeaders.ETAG, Preconditions.etag(limits.version()));
  }
}
