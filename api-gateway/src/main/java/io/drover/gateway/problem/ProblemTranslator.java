package io.drover.gateway.problem;

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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Turns every failure into a problem that names no class and no statement. */
final class ProblemTranslator {
  private static final Logger LOG = Logger.getLogger(ProblemTranslator.class);
  private static final int MAX_CAUSES = 20;
  private static final Map<Integer, ErrorCode> BY_STATUS =
      Map.of(
          400, ErrorCode.INVALID_REQUEST,
          401, ErrorCode.UNAUTHENTICATED,
          403, ErrorCode.FORBIDDEN,
          404, ErrorCode.NOT_FOUND,
          405, ErrorCode.METHOD_NOT_ALLOWED,
          406, ErrorCode.NOT_ACCEPTABLE,
          413, ErrorCode.REQUEST_TOO_LARGE,
          415, ErrorCode.UNSUPPORTED_MEDIA_TYPE,
          503, ErrorCode.UNAVAILABLE);
  private static final Map<ErrorCode, String> DETAILS =
      Map.of(
          ErrorCode.INVALID_REQUEST,
              "The request could not be read; check it against openapi.yaml.",
          ErrorCode.UNAUTHENTICATED, "A valid bearer token is required; get one with drover login.",
          ErrorCode.FORBIDDEN, "The token lacks the role that this request needs.",
          ErrorCode.NOT_FOUND, "No resource exists at this address.",
          ErrorCode.METHOD_NOT_ALLOWED, "This address exists, but not with this method.",
          ErrorCode.NOT_ACCEPTABLE, "The answer does not exist in a type that Accept allows.",
          ErrorCode.REQUEST_TOO_LARGE, "The request is larger than the gateway accepts.",
          ErrorCode.UNSUPPORTED_MEDIA_TYPE, "The Content-Type is not one that this address takes.",
          ErrorCode.UNAVAILABLE, "The database is unavailable; try again in a few seconds.",
          ErrorCode.INTERNAL_ERROR,
              "The request failed unexpectedly; give the traceId to your operator.");

  private ProblemTranslator() {}

  /** The problem of a failure, with the current trace's id; unexpected ones are logged here. */
  static Problem of(Throwable failure) {
    Problem problem = translate(failure);
    if (problem.code() == ErrorCode.INTERNAL_ERROR) {
      LOG.error("A request failed unexpectedly", failure);
    }
    return traced(problem);
  }

  /** The problem of a caller who has none of the roles that an address is for. */
  static Problem forbidden(List<String> allowed) {
    if (allowed.isEmpty()) {
      return traced(constant(ErrorCode.FORBIDDEN));
    }
    String needed = String.join(" or ", allowed);
    return traced(
        Problem.of(
            ErrorCode.FORBIDDEN,
            "This is for the role "
                + needed
                + ", which the token does not have; ask someone who has it, or log in as such a user."));
  }

  private static Problem traced(Problem problem) {
    SpanContext span = Span.current().getSpanContext();
    return span.isValid() ? problem.withTraceId(span.getTraceId()) : problem;
  }

  private static Problem translate(Throwable failure) {
    if (failure instanceof UnauthorizedException
        || failure instanceof AuthenticationFailedException) {
      return constant(ErrorCode.UNAUTHENTICATED);
    }
    if (failure instanceof ForbiddenException) {
      return constant(ErrorCode.FORBIDDEN);
    }
    if (failure instanceof WebApplicationException web) {
      return ofStatus(web.getResponse().getStatus());
    }
    Optional<ProblemException> meant = expected(failure);
    if (meant.isPresent()) {
      return meant.get().problem();
    }
    if (SqlFailure.passes(failure)) {
      return constant(ErrorCode.UNAVAILABLE);
    }
    return constant(ErrorCode.INTERNAL_ERROR);
  }

  /** A problem that some code meant for the caller, however it was wrapped. */
  private static Optional<ProblemException> expected(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .limit(MAX_CAUSES)
        .filter(ProblemException.class::isInstance)
        .map(ProblemException.class::cast)
        .findFirst();
  }

  static Problem ofStatus(int status) {
    ErrorCode other = status < 500 ? ErrorCode.INVALID_REQUEST : ErrorCode.INTERNAL_ERROR;
    return constant(BY_STATUS.getOrDefault(status, other));
  }

  private static Problem constant(ErrorCode code) {
    return Problem.of(code, DETAILS.getOrDefault(code, code.title()));
  }
}
