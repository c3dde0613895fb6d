package io.drover.gateway.domain;

import io.drover.gateway.access.CurrentProject;
import io.drover.gateway.access.InProject;
import io.drover.gateway.access.Roles;
import io.drover.gateway.domain.model.TenantDomain;
import io.drover.gateway.operation.AcceptingOperation;
import io.drover.gateway.operation.model.Operation;
import io.drover.gateway.request.Mutation;
import io.drover.gateway.request.Mutations;
import io.drover.gateway.request.Preconditions;
import io.drover.gateway.request.RequestContext;
import io.drover.gateway.request.ResourceNames;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.function.BiFunction;

/** What may be done to a domain; each is an operation. */
@Path("/v1/projects/{project}/domains/{domain}")
@Produces(MediaType.APPLICATION_JSON)
@InProject
@RolesAllowed({Roles.TENANT, Roles.OPERATOR, Roles.AUTOMATION})
class DomainActionResource {
  private final Domains domains;
  private final StartingDomain starting;
  private final StoppingDomain stopping;
  private final Mutations mutations;
  private final RequestContext requests;
  private final CurrentProject project;

  DomainActionResource(
      Domains domains,
      StartingDomain starting,
      StoppingDomain stopping,
      Mutations mutations,
      RequestContext requests,
      CurrentProject project) {
    this.domains = domains;
    this.starting = starting;
    this.stopping = stopping;
    this.mutations = mutations;
    this.requests = requests;
    this.project = project;
  }

  @POST
  @Path("start")
  public Response start(
      @PathParam("domain") String domain,
      @Context Request request,
      @Context UriInfo uri,
      @Context HttpHeaders headers) {
    return act(
        domain,
        requests.mutation(project.caller(), request, uri, headers, new byte[0]),
        headers,
        starting::start);
  }

  @POST
  @Path("shutdown")
  public Response shutDown(
      @PathParam("domain") String domain,
      @Context Request request,
      @Context UriInfo uri,
      @Context HttpHeaders headers) {
    return act(
        domain,
        requests.mutation(project.caller(), request, uri, headers, new byte[0]),
        headers,
        stopping::shutDown);
  }

  @POST
  @Path("destroy")
  public Response destroy(
      @PathParam("domain") String domain,
      @Context Request request,
      @Context UriInfo uri,
      @Context HttpHeaders headers) {
    return act(
        domain,
        requests.mutation(project.caller(), request, uri, headers, new byte[0]),
        headers,
        stopping::destroy);
  }

  @DELETE
  public Response delete(
      @PathParam("domain") String domain,
      @Context Request request,
      @Context UriInfo uri,
      @Context HttpHeaders headers) {
    return act(
        domain,
        requests.mutation(project.caller(), request, uri, headers, new byte[0]),
        headers,
        stopping::delete);
  }

  private Response act(
      String reference,
      Mutation mutation,
      HttpHeaders headers,
      BiFunction<TenantDomain, Mutation, Operation> action) {
    String ifMatch = headers.getHeaderString(HttpHeaders.IF_MATCH);
    return RequestContext.response(
        mutations.run(
            mutation,
            () -> {
              TenantDomain domain =
                  domains
                      .lock(project.id(), reference)
                      .orElseThrow(() -> ResourceNames.missing("domain", reference));
              Preconditions.check(ifMatch, domain.version());
              return AcceptingOperation.accepted(project.name(), action.apply(domain, mutation));
            }));
  }
}
