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
import org.jspecify.annotations.Nullable;

/** The request at hand, as resources see it; for any thread that serves one. */
@ApplicationScoped
public class RequestContext {
  private static final String KEY = "Idempotency-Key";

  private final InstantSource clock;
  private final NanoTicker ticker;
  private final Request request;
  private final UriInfo uri;
  private final HttpHeaders headers;

  /**
   * @param request of the request at hand, as are the two after it
   */
  RequestContext(
      InstantSource clock, NanoTicker ticker, Request request, UriInfo uri, HttpHeaders headers) {
    this.clock = clock;
    this.ticker = ticker;
    this.request = request;
    this.uri = uri;
    this.headers = headers;
  }

  /** A request without a body that changes something. */
  public Mutation mutation(Caller caller) {
    return mutation(caller, new byte[0]);
  }

  /** A request that changes something. */
  public Mutation mutation(Caller caller, byte[] body) {
    String query = uri.getRequestUri().getRawQuery();
    String route = request.getMethod() + " " + uri.getPath() + (query == null ? "" : "?" + query);
    return new Mutation(
        Optional.ofNullable(headers.getHeaderString(KEY)),
        caller.subject(),
        caller.operator(),
        route,
        body,
        clock.instant().truncatedTo(ChronoUnit.MICROS),
        ticker.nanos());
  }

  /** The versions that the caller will have changed; null for any. */
  public @Nullable String ifMatch() {
    return headers.getHeaderString(HttpHeaders.IF_MATCH);
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
