package io.drover.gateway.operation;

import io.drover.contracts.id.OperationId;
import io.drover.contracts.id.SubjectId;
import io.drover.contracts.message.ContractJson;
import io.drover.gateway.access.CurrentProject;
import io.drover.gateway.access.InProject;
import io.drover.gateway.access.Roles;
import io.drover.gateway.request.Page;
import io.drover.gateway.request.PageRequest;
import io.drover.gateway.request.ResourceNames;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
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
  private final CurrentProject project;

  OperationResource(Operations operations, CurrentProject project) {
    this.operations = operations;
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
}
