package io.drover.gateway.volume;

import io.drover.contracts.json.ContractJson;
import io.drover.gateway.access.CurrentProject;
import io.drover.gateway.access.InProject;
import io.drover.gateway.access.Roles;
import io.drover.gateway.operation.AcceptingOperation;
import io.drover.gateway.operation.model.Operation;
import io.drover.gateway.request.HttpResult;
import io.drover.gateway.request.Mutation;
import io.drover.gateway.request.Mutations;
import io.drover.gateway.request.Page;
import io.drover.gateway.request.PageRequest;
import io.drover.gateway.request.Preconditions;
import io.drover.gateway.request.RequestBodies;
import io.drover.gateway.request.RequestContext;
import io.drover.gateway.request.ResourceNames;
import io.drover.gateway.volume.model.Volume;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Volumes of a project. */
@Path("/v1/projects/{project}/volumes")
@Produces(MediaType.APPLICATION_JSON)
@InProject
@RolesAllowed({Roles.TENANT, Roles.OPERATOR, Roles.AUTOMATION})
class VolumeResource {
  private final Volumes volumes;
  private final CreatingVolume creating;
  private final DeletingVolume deleting;
  private final Mutations mutations;
  private final RequestContext requests;
  private final RequestBodies bodies;
  private final CurrentProject project;

  VolumeResource(
      Volumes volumes,
      CreatingVolume creating,
      DeletingVolume deleting,
      Mutations mutations,
      RequestContext requests,
      RequestBodies bodies,
      CurrentProject project) {
    this.volumes = volumes;
    this.creating = creating;
    this.deleting = deleting;
    this.mutations = mutations;
    this.requests = requests;
    this.bodies = bodies;
    this.project = project;
  }

  @GET
  @Transactional
  public byte[] list(
      @QueryParam("pageToken") @Nullable String token,
      @QueryParam("pageSize") @Nullable String size) {
    PageRequest page = PageRequest.of(token, size);
    return ContractJson.write(
        Page.of(
            volumes.page(project.id(), page.after(), page.size() + 1),
            page,
            Volume::name,
            VolumeView::of));
  }

  @GET
  @Path("{volume}")
  @Transactional
  public Response read(@PathParam("volume") String reference) {
    Volume volume =
        volumes
            .find(project.id(), reference)
            .orElseThrow(() -> ResourceNames.missing("volume", reference));
    return RequestContext.response(
        HttpResult.json(200, VolumeView.of(volume))
            .with(HttpHeaders.ETAG, Preconditions.etag(volume.version())));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(InputStream body) {
    Mutation mutation = requests.mutation(project.caller(), bodies.read(body));
    return RequestContext.response(
        mutations.run(
            mutation,
            () ->
                accepted(
                    creating.create(
                        project.id(),
                        bodies.parse(mutation.body(), CreatingVolume.VolumeRequest.class),
                        mutation))));
  }

  @DELETE
  @Path("{volume}")
  public Response delete(@PathParam("volume") String reference) {
    Mutation mutation = requests.mutation(project.caller());
    String ifMatch = requests.ifMatch();
    return RequestContext.response(
        mutations.run(
            mutation, () -> accepted(deleting.delete(project.id(), reference, ifMatch, mutation))));
  }

  private HttpResult accepted(Operation operation) {
    return AcceptingOperation.accepted(project.name(), operation);
  }
}
