package io.drover.gateway.project;

import io.drover.contracts.id.IdSource;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.json.ContractJson;
import io.drover.gateway.access.Caller;
import io.drover.gateway.access.Callers;
import io.drover.gateway.access.CurrentProject;
import io.drover.gateway.access.InProject;
import io.drover.gateway.access.Roles;
import io.drover.gateway.request.HttpResult;
import io.drover.gateway.request.Mutation;
import io.drover.gateway.request.Mutations;
import io.drover.gateway.request.Page;
import io.drover.gateway.request.PageRequest;
import io.drover.gateway.request.RequestBodies;
import io.drover.gateway.request.RequestContext;
import io.drover.gateway.request.ResourceNames;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Projects. */
@Path("/v1/projects")
@Produces(MediaType.APPLICATION_JSON)
class ProjectResource {
  private final Projects projects;
  private final Mutations mutations;
  private final RequestContext requests;
  private final RequestBodies bodies;
  private final IdSource ids;
  private final SecurityIdentity identity;
  private final CurrentProject current;

  record NewProject(
      @NotNull(message = "is missing; give " + ResourceNames.SLUG_FORM)
          @Pattern(regexp = ResourceNames.SLUG, message = "is not of " + ResourceNames.SLUG_FORM)
          String name) {}

  ProjectResource(
      Projects projects,
      Mutations mutations,
      RequestContext requests,
      RequestBodies bodies,
      IdSource ids,
      SecurityIdentity identity,
      CurrentProject current) {
    this.projects = projects;
    this.mutations = mutations;
    this.requests = requests;
    this.bodies = bodies;
    this.ids = ids;
    this.identity = identity;
    this.current = current;
  }

  @GET
  @RolesAllowed({Roles.TENANT, Roles.OPERATOR, Roles.AUTOMATION})
  @Transactional
  public byte[] list(
      @QueryParam("pageToken") @Nullable String token,
      @QueryParam("pageSize") @Nullable String size) {
    PageRequest page = PageRequest.of(token, size);
    Caller caller = Callers.of(identity);
    Optional<Set<String>> names =
        caller.operator() ? Optional.empty() : Optional.of(caller.projects());
    return ContractJson.write(
        Page.of(
            projects.page(names, page.after(), page.size() + 1),
            page,
            Project::name,
            project -> project));
  }

  @GET
  @Path("{project}")
  @InProject
  @RolesAllowed({Roles.TENANT, Roles.OPERATOR, Roles.AUTOMATION})
  @Transactional
  public byte[] read(@PathParam("project") String name) {
    Project project =
        projects.find(current.name()).orElseThrow(() -> ResourceNames.missing("project", name));
    return ContractJson.write(project);
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
    String name = bodies.parse(mutation.body(), NewProject.class).name();
    if (projects.find(name).isPresent()) {
      throw ResourceNames.taken("project", name);
    }
    Project project = new Project(new ProjectId(ids.next()), name, mutation.startedAt());
    projects.add(project);
    return HttpResult.json(201, project).with("Location", "/v1/projects/" + name);
  }
}
