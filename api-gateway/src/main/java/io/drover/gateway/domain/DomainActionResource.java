package io.drover.gateway.domain;

import io.drover.gateway.access.InProject;
import io.drover.gateway.access.Roles;
import io.drover.gateway.request.Force;
import io.drover.gateway.request.RequestContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What may be done to a domain; each is an operation. */
@Path("/v1/projects/{project}/domains/{domain}")
@Produces(MediaType.APPLICATION_JSON)
@InProject
@RolesAllowed({Roles.TENANT, Roles.OPERATOR, Roles.AUTOMATION})
class DomainActionResource {
  private final DomainMutations mutations;
  private final StartingDomain starting;
  private final StoppingDomain stopping;

  DomainActionResource(
      DomainMutations mutations, StartingDomain starting, StoppingDomain stopping) {
    this.mutations = mutations;
    this.starting = starting;
    this.stopping = stopping;
  }

  @POST
  @Path("start")
  public Response start(@PathParam("domain") String domain) {
    return RequestContext.response(mutations.run(domain, starting::start));
  }

  @POST
  @Path("shutdown")
  public Response shutDown(@PathParam("domain") String domain) {
    return RequestContext.response(mutations.run(domain, stopping::shutDown));
  }

  @POST
  @Path("destroy")
  public Response destroy(@PathParam("domain") String domain) {
    return RequestContext.response(mutations.run(domain, stopping::destroy));
  }

  @DELETE
  public Response delete(
      @PathParam("domain") String domain,
      @QueryParam("force") @DefaultValue("false") String force,
      @QueryParam("reason") @Nullable String reason) {
    Optional<String> forced = Force.read(force, reason);
    return RequestContext.response(
        mutations.run(
            domain, (found, mutation) -> stopping.delete(found, forced.orElse(null), mutation)));
  }
}
