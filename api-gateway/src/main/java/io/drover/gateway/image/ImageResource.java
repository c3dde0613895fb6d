package io.drover.gateway.image;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.ImageId;
import io.drover.contracts.json.ContractJson;
import io.drover.gateway.access.Callers;
import io.drover.gateway.access.Roles;
import io.drover.gateway.request.HttpResult;
import io.drover.gateway.request.Mutation;
import io.drover.gateway.request.Mutations;
import io.drover.gateway.request.Page;
import io.drover.gateway.request.PageRequest;
import io.drover.gateway.request.RequestBodies;
import io.drover.gateway.request.RequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Images; they belong to no project. */
@Path("/v1/images")
@Produces(MediaType.APPLICATION_JSON)
class ImageResource {
  private final Images images;
  private final ImportingImage importing;
  private final ImageFiles files;
  private final Mutations mutations;
  private final RequestContext requests;
  private final RequestBodies bodies;
  private final SecurityIdentity identity;

  ImageResource(
      Images images,
      ImportingImage importing,
      ImageFiles files,
      Mutations mutations,
      RequestContext requests,
      RequestBodies bodies,
      SecurityIdentity identity) {
    this.images = images;
    this.importing = importing;
    this.files = files;
    this.mutations = mutations;
    this.requests = requests;
    this.bodies = bodies;
    this.identity = identity;
  }

  @GET
  @RolesAllowed({Roles.TENANT, Roles.OPERATOR, Roles.AUTOMATION})
  @Transactional
  public byte[] list(
      @QueryParam("name") @Nullable String name,
      @QueryParam("pageToken") @Nullable String token,
      @QueryParam("pageSize") @Nullable String size) {
    PageRequest page = PageRequest.of(token, size);
    if (name != null) {
      List<Image> one = images.find(name).map(List::of).orElse(List.of());
      return ContractJson.write(new Page<>(one, null));
    }
    return ContractJson.write(
        Page.of(images.page(page.after(), page.size() + 1), page, Image::name, image -> image));
  }

  @GET
  @Path("{image}")
  @RolesAllowed({Roles.TENANT, Roles.OPERATOR, Roles.AUTOMATION, Roles.HOST})
  @Transactional
  public byte[] read(@PathParam("image") String image) {
    return ContractJson.write(importing.require(ImageId.parse(image)));
  }

  @POST
  @RolesAllowed(Roles.OPERATOR)
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(InputStream body) {
    byte[] bytes = bodies.read(body);
    Mutation mutation = requests.mutation(Callers.of(identity), bytes);
    return RequestContext.response(mutations.run(mutation, () -> create(mutation)));
  }

  private HttpResult create(Mutation mutation) {
    Image image =
        importing.create(
            bodies.parse(mutation.body(), ImportingImage.NewImage.class), mutation.startedAt());
    return HttpResult.json(201, image).with("Location", "/v1/images/" + image.id());
  }

  @PUT
  @Path("{image}/content")
  @RolesAllowed(Roles.OPERATOR)
  @Consumes(MediaType.APPLICATION_OCTET_STREAM)
  public byte[] upload(
      @PathParam("image") String image,
      @HeaderParam("X-Content-SHA256") @Nullable String sha256,
      InputStream body) {
    return ContractJson.write(
        importing.fill(ImageId.parse(image), Optional.ofNullable(sha256), body));
  }

  @GET
  @Path("{image}/content")
  @RolesAllowed(Roles.HOST)
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  @Transactional
  public Response download(@PathParam("image") String image) {
    Image found = importing.require(ImageId.parse(image));
    if (found.state() != Image.State.READY) {
      throw new ProblemException(
          ErrorCode.NOT_FOUND,
          "The image \"" + found.name() + "\" has no content yet; upload it first.");
    }
    return Response.ok(files.of(found.id()).toFile())
        .header("X-Content-SHA256", found.sha256())
        .build();
  }
}
