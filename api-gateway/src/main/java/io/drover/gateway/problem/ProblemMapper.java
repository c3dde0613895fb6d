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
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The only mapper of failures to answers. */
final class ProblemMapper {
  static final String MEDIA_TYPE = "application/problem+json";

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
    if (problem.code() == ErrorCode.UNAUTHENTICATED) {
      answer.header("WWW-Authenticate", "Bearer");
    }
    if (problem.code() == ErrorCode.UNAVAILABLE) {
      answer.header("Retry-After", "5");
    }
    return answer.build();
  }
}
