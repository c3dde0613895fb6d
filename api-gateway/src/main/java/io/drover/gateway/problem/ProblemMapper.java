package io.drover.gateway.problem;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.json.ContractJson;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.validation.ValidationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The only mapper of failures to answers. */
final class ProblemMapper {
  static final String MEDIA_TYPE = "application/problem+json";

  /** In seconds. */
  private static final Map<ErrorCode, String> RETRY_AFTER =
      Map.of(ErrorCode.UNAVAILABLE, "5", ErrorCode.TOO_MANY_REQUESTS, "1");

  @ServerExceptionMapper({
    Throwable.class,
    WebApplicationException.class,
    UnauthorizedException.class,
    ForbiddenException.class,
    AuthenticationFailedException.class,
    ValidationException.class
  })
  Response map(Throwable failure) {
    Problem problem = ProblemTranslator.of(failure);
    Response.ResponseBuilder answer =
        Response.status(problem.status()).type(MEDIA_TYPE).entity(ContractJson.write(problem));
    headers(problem).forEach(answer::header);
    return answer.build();
  }

  /** What else a client is told, for every problem of this code. */
  static Map<String, String> headers(Problem problem) {
    if (problem.code() == ErrorCode.UNAUTHENTICATED) {
      return Map.of("WWW-Authenticate", "Bearer");
    }
    String seconds = RETRY_AFTER.get(problem.code());
    return seconds == null ? Map.of() : Map.of("Retry-After", seconds);
  }
}
