package io.drover.gateway.request;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.time.NanoTicker;
import io.drover.gateway.access.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What resources share at the HTTP edge. */
@ApplicationScoped
public class RequestContext {
  private static final String KEY = "Idempotency-Key";

  private final InstantSource clock;
  private final NanoTicker ticker;

  RequestContext(InstantSource clock, NanoTicker ticker) {
    this.clock = clock;
    this.ticker = ticker;
  }

  public Mutation mutation(
      Caller caller, Request request, UriInfo uri, HttpHeaders headers, byte[] body) {
    String query = uri.getRequestUri().getRawQuery();
    String route = request.getMethod() + " " + uri.getPath() + (query == null ? "" : "?" + query);
    return new Mutation(
        Optional.ofNullable(headers.getHeaderString(KEY)),
        caller.subject(),
        route,
        body,
        clock.instant().truncatedTo(ChronoUnit.MICROS),
        ticker.nanos());
  }

  /** Reads a query parameter that is true or false. */
  public static boolean flag(String name, String value) {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new ProblemException(ErrorCode.INVALID_REQUEST, name + " must be true or false.");
    };
  }

  public static Response response(HttpResult answer) {
    Response.ResponseBuilder builder = Response.status(answer.status());
    answer.headers().forEach(builder::header);
    return builder.entity(answer.body()).build();
  }
}
