package io.drover.gateway.domain;

import io.drover.contracts.json.ContractJson;
import io.drover.gateway.access.CurrentProject;
import io.drover.gateway.access.InProject;
import io.drover.gateway.access.Roles;
import io.drover.gateway.domain.model.TenantDomain;
import io.drover.gateway.operation.AcceptingOperation;
import io.drover.gateway.request.HttpResult;
import io.drover.gateway.request.Mutation;
import io.drover.gateway.request.Mutations;
import io.drover.gateway.request.Page;
import io.drover.gateway.request.PageRequest;
import io.drover.gateway.request.Preconditions;
import io.drover.gateway.request.RequestBodies;
import io.drover.gateway.request.RequestContext;
import io.drover.gateway.request.ResourceNames;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Domains of a project: defining and reading them. */
@Path("/v1/projects/{project}/domains")
@InProject
@RolesAllowed({Roles.TENANT, Roles.OPERATOR, Roles.AUTOMATION})
class DomainResource {
  private static final Map<String, String> XML =
      Map.of(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_XML);

  private final Domains domains;
  private final CreatingDomain creating;
  private final ShowingDomain showing;
  private final Mutations mutations;
  private final RequestContext requests;
  private final RequestBodies bodies;
  private final CurrentProject project;

  DomainResource(
      Domains domains,
      CreatingDomain creating,
      ShowingDomain showing,
      Mutations mutations,
      RequestContext requests,
      RequestBodies bodies,
      CurrentProject project) {
    this.domains = domains;
    this.creating = creating;
    this.showing = showing;
    this.mutations = mutations;
    this.requests = requests;
    this.bodies = bodies;
    this.project = project;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Transactional
  public byte[] list(
      @QueryParam("pageToken") @Nullable String token,
      @QueryParam("pageSize") @Nullable String size) {
    PageRequest page = PageRequest.of(token, size);
    return ContractJson.write(
        Page.of(
            domains.page(project.id(), page.after(), page.size() + 1),
            page,
            TenantDomain::name,
            showing::view));
  }

  @GET
  @Path("{domain}")
  @Produces(MediaType.APPLICATION_JSON)
  @Transactional
  public Response read(
      @PathParam("domain") String reference,
      @QueryParam("format") @Nullable String format,
      @Context HttpHeaders headers) {
    if (format == null) {
      requireAccepted(MediaType.APPLICATION_JSON_TYPE, headers);
    }
    return read(reference, "xml".equals(format));
  }

  /** For those that accept XML and not JSON, or XML rather than JSON. */
  @GET
  @Path("{domain}")
  @Produces(MediaType.APPLICATION_XML + ";qs=0.5")
  @Transactional
  public Response readXml(
      @PathParam("domain") String reference, @QueryParam("format") @Nullable String format) {
    return read(reference, format == null || format.equals("xml"));
  }

  /** Of two methods with one address Jakarta REST takes the first when neither is accepted. */
  private static void requireAccepted(MediaType form, HttpHeaders headers) {
    if (headers.getAcceptableMediaTypes().stream().noneMatch(form::isCompatible)) {
      throw new NotAcceptableException();
    }
  }

  private Response read(String reference, boolean xml) {
    TenantDomain domain =
        domains
            .find(project.id(), reference)
            .orElseThrow(() -> ResourceNames.missing("domain", reference));
    HttpResult answer =
        xml
            ? new HttpResult(200, XML, domain.definition().getBytes(StandardCharsets.UTF_8))
            : HttpResult.json(200, showing.view(domain));
    return RequestContext.response(
        answer.with(HttpHeaders.ETAG, Preconditions.etag(domain.version())));
  }

  @POST
  @Consumes({MediaType.APPLICATION_XML, MediaType.TEXT_XML, MediaType.APPLICATION_JSON})
  @Produces({MediaType.APPLICATION_JSON, MediaType.APPLICATION_XML})
  public Response create(
      @QueryParam("start") @DefaultValue("true") String start,
      @QueryParam("validateOnly") @DefaultValue("false") String validateOnly,
      InputStream body,
      @Context HttpHeaders headers) {
    boolean xml = !MediaType.APPLICATION_JSON_TYPE.isCompatible(headers.getMediaType());
    Mutation mutation = requests.mutation(project.caller(), bodies.read(body));
    boolean only = RequestContext.flag("validateOnly", validateOnly);
    if (only) {
      creating.validate(mutation.body(), xml, project.caller().operator());
    }
    CreatingDomain.Draft draft = creating.draft(mutation.body(), xml, project.caller().operator());
    if (only) {
      QuarkusTransaction.requiringNew().run(() -> creating.check(project.id(), draft));
      return RequestContext.response(
          new HttpResult(200, XML, draft.definition().xml().getBytes(StandardCharsets.UTF_8)));
    }
    boolean starts = RequestContext.flag("start", start);
    return RequestContext.response(
        mutations.run(
            mutation, () -> starts ? started(draft, mutation) : defined(draft, mutation)));
  }

  private HttpResult started(CreatingDomain.Draft draft, Mutation mutation) {
    return AcceptingOperation.accepted(
        project.name(), creating.create(project.id(), draft, mutation));
  }

  private HttpResult defined(CreatingDomain.Draft draft, Mutation mutation) {
    TenantDomain domain = creating.define(project.id(), draft, mutation.startedAt());
    return HttpResult.json(201, showing.view(domain))
        .with(HttpHeaders.LOCATION, "/v1/projects/" + project.name() + "/domains/" + domain.id())
        .with(HttpHeaders.ETAG, Preconditions.etag(domain.version()));
  }
}
