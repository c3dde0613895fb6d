package io.drover.gateway.host;

import io.drover.contracts.command.HostAction;
import io.drover.gateway.access.Callers;
import io.drover.gateway.access.Roles;
import io.drover.gateway.operation.model.Operation;
import io.drover.gateway.request.Force;
import io.drover.gateway.request.HttpResult;
import io.drover.gateway.request.Mutation;
import io.drover.gateway.request.Mutations;
import io.drover.gateway.request.RequestBodies;
import io.drover.gateway.request.RequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What operators do to hosts; each is an operation, and the scheduler carries it out. */
@Path("/v1/hosts/{host}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.OPERATOR)
class HostActionResource {
  private final HostDirectory hosts;
  private final AdministeringHost administering;
  private final Mutations mutations;
  private final RequestContext requests;
  private final RequestBodies bodies;
  private final SecurityIdentity identity;

  record HostReason(
      @NotBlank(message = "is missing; say why, it is shown with the host")
          @Size(max = 1000, message = "is longer than 1000 characters")
          String reason) {}

  HostActionResource(
      HostDirectory hosts,
      AdministeringHost administering,
      Mutations mutations,
      RequestContext requests,
      RequestBodies bodies,
      SecurityIdentity identity) {
    this.hosts = hosts;
    this.administering = administering;
    this.mutations = mutations;
    this.requests = requests;
    this.bodies = bodies;
    this.identity = identity;
  }

  @POST
  @Path("disable")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response disable(@PathParam("host") String host, InputStream body) {
    Mutation mutation = requests.mutation(Callers.of(identity), bodies.read(body));
    String reason = bodies.parse(mutation.body(), HostReason.class).reason();
    return accepted(host, HostAction.DISABLE, Optional.of(reason), false, mutation);
  }

  @POST
  @Path("enable")
  public Response enable(@PathParam("host") String host) {
    Mutation mutation = requests.mutation(Callers.of(identity));
    return accepted(host, HostAction.ENABLE, Optional.empty(), false, mutation);
  }

  @DELETE
  public Response remove(
      @PathParam("host") String host,
      @QueryParam("force") @DefaultValue("false") String force,
      @QueryParam("reason") @Nullable String reason) {
    Optional<String> forced = Force.read(force, reason);
    Mutation mutation = requests.mutation(Callers.of(identity));
    return accepted(host, HostAction.REMOVE, forced, forced.isPresent(), mutation);
  }

  private Response accepted(
      String host, HostAction action, Optional<String> reason, boolean force, Mutation mutation) {
    return RequestContext.response(
        mutations.run(
            mutation,
            () -> {
              Operation operation =
                  administering.ask(
                      hosts.require(host), action, reason.orElse(""), force, mutation);
              return HttpResult.json(202, operation)
                  .with(
                      "Location",
                      "/v1/hosts/" + operation.subject() + "/operations/" + operation.id());
            }));
  }
}
