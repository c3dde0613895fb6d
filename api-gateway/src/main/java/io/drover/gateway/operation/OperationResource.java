package io.drover.gateway.operation;

import io.drover.contracts.id.OperationId;
import io.drover.contracts.id.SubjectId;
import io.drover.contracts.json.ContractJson;
import io.drover.gateway.access.CurrentProject;
import io.drover.gateway.access.InProject;
import io.drover.gateway.access.Roles;
import io.drover.gateway.request.Mutation;
import io.drover.gateway.request.Mutations;
import io.drover.gateway.request.Page;
import io.drover.gateway.request.PageRequest;
import io.drover.gateway.request.RequestContext;
import io.drover.gateway.request.ResourceNames;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Operations of a project. */
@Path("/v1/projects/{project}/operations")
@Produces(MediaType.APPLICATION_JSON)
@InProject
@RolesAllowed({Roles.TENANT, Roles.OPERATOR, Roles.AUTOMATION})
class OperationResource {
  private final Operations operations;
  private final AbortingOperation aborting;
  private final Mutations mutations;
  private final RequestContext requests;
  private final CurrentProject project;

  OperationResource(
      Operations operations,
      AbortingOperation aborting,
      Mutations mutations,
      RequestContext requests,
      CurrentProject project) {
    this.operations = operations;
    this.aborting = aborting;
    this.mutations = mutations;
    this.requests = requests;
    this.project = project;
  }

  @GET
  @Transactional
  public byte[] list(
      @QueryParam("subject") @Nullable String subject,
      @QueryParam("pageToken") @Nullable String token,
      @QueryParam("pageSize") @Nullable String size) {
    PageRequest page = PageRequest.of(token, size);
    Optional<UUID> of = Optional.ofNullable(subject).map(id -> SubjectId.parse(id).value());
    return ContractJson.write(
        Page.of(
            operations.page(
                project.id(), of, page.after().map(OperationPosition::parse), page.size() + 1),
            page,
            OperationPosition::of,
            operation -> operation));
  }

  @GET
  @Path("{operation}")
  @Transactional
  public byte[] read(@PathParam("operation") String operation) {
    return ContractJson.write(
        operations
            .find(project.id(), OperationId.parse(operation))
            .orElseThrow(() -> ResourceNames.missing("operation", operation)));
  }

  @POST
  @Path("{operation}/abort")
  public Response abort(@PathParam("operation") String operation) {
    OperationId id = OperationId.parse(operation);
    Mutation mutation = requests.mutation(project.caller());
    return RequestContext.response(
        mutations.run(
            mutation,
            () ->
                AcceptingOperation.accepted(
                    project.name(), aborting.abort(project.id(), id, mutation))));
  }
}
