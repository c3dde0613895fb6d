package io.drover.secrets.problem;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.sql.SqlFailure;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one place where exceptions become answers. */
public class SecretsProblemMapper {
  private static final Logger LOG = Logger.getLogger(SecretsProblemMapper.class);
  private static final String PROBLEM_JSON = "application/problem+json";

  @ServerExceptionMapper
  Response problem(ProblemException e) {
    return answer(e.problem());
  }

  @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
  Response unauthenticated(SecurityException e) {
    return answer(
        Problem.of(ErrorCode.UNAUTHENTICATED, "Send a valid bearer token in Authorization."));
  }

  @ServerExceptionMapper
  Response forbidden(ForbiddenException e) {
    return answer(
        Problem.of(
            ErrorCode.FORBIDDEN,
            "A host may fetch a key, an operator may read its audit; your token has neither role here."));
  }

  @ServerExceptionMapper
  Response http(WebApplicationException e) {
    ErrorCode code =
        switch (e.getResponse().getStatus()) {
          case 404 -> ErrorCode.NOT_FOUND;
          case 405 -> ErrorCode.METHOD_NOT_ALLOWED;
          case 413 -> ErrorCode.REQUEST_TOO_LARGE;
          case 415 -> ErrorCode.UNSUPPORTED_MEDIA_TYPE;
          default -> ErrorCode.INVALID_REQUEST;
        };
    return answer(Problem.of(code, "This request is not supported at this address."));
  }

  @ServerExceptionMapper({RuntimeException.class, SQLException.class})
  Response unexpected(Exception e) {
    if (SqlFailure.passes(e)) {
      LOG.error("A request failed because the database is unavailable", e);
      return answer(
          Problem.of(
              ErrorCode.UNAVAILABLE, "The database is unavailable; try again in a few seconds."));
    }
    LOG.error("A request failed unexpectedly", e);
    return answer(
        Problem.of(
            ErrorCode.INTERNAL_ERROR,
            "The request failed unexpectedly; give the traceId to your operator."));
  }

  private static Response answer(Problem problem) {
    SpanContext span = Span.current().getSpanContext();
    Problem traced = span.isValid() ? problem.withTraceId(span.getTraceId()) : problem;
    Response.ResponseBuilder response =
        Response.status(problem.status()).type(PROBLEM_JSON).entity(traced);
    return problem.code() == ErrorCode.UNAUTHENTICATED
        ? response.header("WWW-Authenticate", "Bearer").build()
        : response.build();
  }
}
