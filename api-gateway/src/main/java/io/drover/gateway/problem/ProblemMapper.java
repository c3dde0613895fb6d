package io.drover.gateway.problem;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.json.ContractJson;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.ValidationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import java.util.List;
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
    AuthenticationFailedException.class,
    ValidationException.class
  })
  Response map(Throwable failure) {
    return answer(ProblemTranslator.of(failure));
  }

  /** Names who may: a caller cannot know the roles of an address. */
  @ServerExceptionMapper(ForbiddenException.class)
  Response refuse(ForbiddenException failure, ResourceInfo asked) {
    RolesAllowed roles = asked.getResourceMethod().getAnnotation(RolesAllowed.class);
    if (roles == null) {
      roles = asked.getResourceClass().getAnnotation(RolesAllowed.class);
    }
    List<String> allowed = roles == null ? List.of() : List.of(roles.value());
    return answer(ProblemTranslator.forbidden(allowed));
  }

  private static Response answer(Problem problem) {
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
