package io.drover.gateway.stream;

import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.OperationId;
import io.drover.gateway.access.CurrentProject;
import io.drover.gateway.access.InProject;
import io.drover.gateway.access.Roles;
import io.drover.gateway.config.GatewayConfig;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The events of a project, as they happen. */
@Path("/v1/projects/{project}/events")
@InProject
@RolesAllowed({Roles.TENANT, Roles.OPERATOR, Roles.AUTOMATION})
class EventStreamResource {
  private final EventStream stream;
  private final OpenStreams streams;
  private final CatchUpReader catchingUp;
  private final CurrentProject project;
  private final int maxPending;

  EventStreamResource(
      EventStream stream,
      OpenStreams streams,
      CatchUpReader catchingUp,
      CurrentProject project,
      GatewayConfig config) {
    this.stream = stream;
    this.streams = streams;
    this.catchingUp = catchingUp;
    this.project = project;
    this.maxPending = config.stream().maxPending();
  }

  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Blocking
  public void stream(
      @QueryParam("domain") @Nullable String domain,
      @QueryParam("operation") @Nullable String operation,
      @HeaderParam("Last-Event-ID") @Nullable String last,
      @Context SseEventSink sink,
      @Context Sse sse,
      @Context HttpServerRequest request) {
    Optional<String> subject = Optional.ofNullable(domain).map(id -> DomainId.parse(id).toString());
    Optional<String> part =
        Optional.ofNullable(operation).map(id -> OperationId.parse(id).toString());
    StreamFilter filter = new StreamFilter(project.id().toString(), subject, part);
    StreamReader reader =
        new StreamReader(project.caller().subject(), project.caller().until(), filter);
    EventClient client =
        new EventClient(
            new ClientConnection(sink, sse, request), reader, start(last, part), maxPending);
    streams.admit(client);
    try {
      begin(client);
    } catch (RuntimeException e) {
      streams.forget(client);
      throw e;
    }
  }

  private void begin(EventClient client) {
    if (!stream.attach(client)) {
      catchingUp.begin(client);
    }
  }

  private StreamPosition start(@Nullable String last, Optional<String> operation) {
    if (last != null && !last.isBlank()) {
      StreamPosition position = StreamPosition.parse(last.strip(), stream.partitions());
      if (!stream.now().reaches(position)) {
        catchingUp.requireReached(position);
      }
      return position;
    }
    return operation.isPresent() ? stream.oldest() : stream.now();
  }
}
