package io.drover.gateway.problem;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.json.ContractJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Answers what fails before or beside the resources: bad tokens, unknown addresses, limits. */
@ApplicationScoped
class RouterProblems {
  void install(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).failureHandler(RouterProblems::answer);
    router.route().order(Integer.MIN_VALUE).handler(RouterProblems::refuseNul);
    router.route().last().handler(context -> context.fail(404));
  }

  /** No name has a NUL, and PostgreSQL takes none: it would be a failure of each statement. */
  private static void refuseNul(RoutingContext context) {
    if (context.request().uri().contains("%00")) {
      context.fail(
          new ProblemException(
              ErrorCode.INVALID_REQUEST, "The address has a NUL (%00); leave it out."));
    } else {
      context.next();
    }
  }

  private static void answer(RoutingContext context) {
    HttpServerResponse response = context.response();
    if (response.headWritten() || response.ended()) {
      response.reset();
      return;
    }
    Throwable failure = context.failure();
    Problem problem =
        failure == null || context.statusCode() != 500 && context.statusCode() > 0
            ? ProblemTranslator.ofStatus(context.statusCode())
            : ProblemTranslator.of(failure);
    ProblemMapper.headers(problem).forEach(response::putHeader);
    response
        .setStatusCode(problem.status())
        .putHeader("Content-Type", ProblemMapper.MEDIA_TYPE)
        .end(Buffer.buffer(ContractJson.write(problem)));
  }
}
