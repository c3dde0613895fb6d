package io.drover.gateway.domain;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.contracts.operation.LiveOperation;
import io.drover.gateway.access.CurrentProject;
import io.drover.gateway.access.InProject;
import io.drover.gateway.access.Roles;
import io.drover.gateway.request.Mutation;
import io.drover.gateway.request.RequestBodies;
import io.drover.gateway.request.RequestContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** Operations on a domain; the body says which one, and what it needs. */
@Path("/v1/projects/{project}/domains/{domain}/operations")
@Produces(MediaType.APPLICATION_JSON)
@InProject
@RolesAllowed({Roles.TENANT, Roles.OPERATOR, Roles.AUTOMATION})
class DomainOperationResource {
  private final DomainMutations mutations;
  private final OperatingDomain operating;
  private final RequestContext requests;
  private final RequestBodies bodies;
  private final CurrentProject project;

  DomainOperationResource(
      DomainMutations mutations,
      OperatingDomain operating,
      RequestContext requests,
      RequestBodies bodies,
      CurrentProject project) {
    this.mutations = mutations;
    this.operating = operating;
    this.requests = requests;
    this.bodies = bodies;
    this.project = project;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response operate(@PathParam("domain") String domain, InputStream body) {
    Mutation mutation = requests.mutation(project.caller(), bodies.read(body));
    JsonNode json = bodies.parse(mutation.body(), JsonNode.class);
    LiveOperation<?> asked = bodies.parse(mutation.body(), LiveOperationTypes.of(json));
    operating.requireAllowed(asked, project.caller().operator());
    return RequestContext.response(
        mutations.run(domain, mutation, (found, same) -> operating.operate(found, asked, same)));
  }
}
