package io.drover.gateway.request;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.gateway.access.Roles;
import io.drover.gateway.config.GatewayConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What comes before every request of the API: the caller has so many requests under way at most,
 * and a body is read in full before a thread of the pool is taken for it. A caller who sends slowly
 * holds memory within the limits, and nothing else. Event streams and consoles, which last, have
 * limits of their own; contents of images are streamed and are an operator's or a host's.
 */
@ApplicationScoped
class CallerLimits {
  /** Behind the authentication of Quarkus (-200), before its authorisation (-100). */
  private static final int ORDER = -150;

  private static final Pattern LASTING =
      Pattern.compile("/v1/projects/[^/]+/events/?|.*/console/?");
  private static final Pattern STREAMED = Pattern.compile("/v1/images/[^/]+/content/?");
  private static final String TIMER = "drover.body-timer";

  private final Vertx vertx;
  private final MeterRegistry metrics;
  private final CallerSlots slots;
  private final GatewayConfig.CallerLimit limits;
  private final int maxBodyBytes;
  private final Duration bodyDeadline;
  private final BodyHandler body;

  CallerLimits(Vertx vertx, MeterRegistry metrics, GatewayConfig config) {
    this.vertx = vertx;
    this.metrics = metrics;
    this.limits = config.caller();
    this.slots = new CallerSlots(limits.maxRequests(), limits.maxRequestsOfAll());
    this.maxBodyBytes = config.maxBodyBytes();
    this.bodyDeadline = config.bodyDeadline();
    this.body = BodyHandler.create(false).setBodyLimit(maxBodyBytes);
    metrics.gauge("drover.requests.under.way", slots, CallerSlots::underWay);
  }

  void install(@Observes Router router) {
    router.route("/v1/*").order(ORDER).handler(this::admit);
    router.route("/v1/*").order(ORDER + 1).handler(this::awaitBody);
    router.route("/v1/*").order(ORDER + 2).handler(this::readBody);
    router.route("/v1/*").order(ORDER + 3).handler(this::bodyIsRead);
  }

  private void admit(RoutingContext context) {
    Optional<SecurityIdentity> identity = identity(context);
    if (LASTING.matcher(context.normalizedPath()).matches()) {
      context.next();
      return;
    }
    boolean reserved =
        identity.map(one -> has(one, Roles.OPERATOR) || has(one, Roles.HOST)).orElse(false);
    String caller = caller(context, identity);
    Optional<CallerSlots.Refusal> refusal = slots.begin(caller, reserved);
    if (refusal.isPresent()) {
      metrics.counter("drover.requests.refused", "limit", refusal.get().name()).increment();
      context.fail(refused(refusal.get()));
      return;
    }
    AtomicBoolean ended = new AtomicBoolean();
    context.addEndHandler(
        end -> {
          if (!ended.getAndSet(true)) {
            slots.end(caller, reserved);
          }
        });
    context.next();
  }

  private ProblemException refused(CallerSlots.Refusal refusal) {
    return new ProblemException(
        ErrorCode.TOO_MANY_REQUESTS,
        refusal == CallerSlots.Refusal.CALLER
            ? "You have "
                + limits.maxRequests()
                + " requests under way, as many as one caller may; wait for one to end."
            : "The gateway has "
                + limits.maxRequestsOfAll()
                + " requests under way, as many as it takes; try again in a moment.");
  }

  /** All hosts share one login: each counts by its address. So does whoever has no valid token. */
  private static String caller(RoutingContext context, Optional<SecurityIdentity> identity) {
    return identity
        .filter(one -> !has(one, Roles.HOST))
        .map(one -> "subject " + one.getPrincipal().getName())
        .orElseGet(() -> "address " + context.request().remoteAddress().hostAddress());
  }

  private void awaitBody(RoutingContext context) {
    if (!isWholeBody(context)) {
      context.next();
      return;
    }
    long timer = vertx.setTimer(bodyDeadline.toMillis(), fired -> giveUp(context));
    context.put(TIMER, timer);
    context.addEndHandler(end -> vertx.cancelTimer(timer));
    context.next();
  }

  private void giveUp(RoutingContext context) {
    context.response().putHeader("Connection", "close");
    context.addEndHandler(end -> context.request().connection().close());
    context.fail(
        new ProblemException(
            ErrorCode.INVALID_REQUEST,
            "The body did not arrive within " + bodyDeadline.toSeconds() + " s; send it at once."));
  }

  private void readBody(RoutingContext context) {
    if (isWholeBody(context)) {
      body.handle(context);
    } else {
      context.next();
    }
  }

  private void bodyIsRead(RoutingContext context) {
    @Nullable Long timer = context.get(TIMER);
    if (timer != null) {
      vertx.cancelTimer(timer);
    }
    context.next();
  }

  /**
   * Nobody's body is read before it is known whose it is; and one that says that it is too large is
   * refused by the resource, behind the check of the project.
   */
  private boolean isWholeBody(RoutingContext context) {
    String path = context.normalizedPath();
    return hasSmallBody(context.request())
        && identity(context).isPresent()
        && !STREAMED.matcher(path).matches()
        && !LASTING.matcher(path).matches();
  }

  /**
   * Quarkus REST takes no HTTP/2 request that has ended: those are read by the resource, within its
   * deadline, and hold threads that nobody else needs, because the limits are below the pool's
   * size.
   */
  private boolean hasSmallBody(HttpServerRequest request) {
    if (request.version() == HttpVersion.HTTP_2) {
      return false;
    }
    String length = request.getHeader("Content-Length");
    if (request.isEnded() || length == null) {
      return !request.isEnded() && request.getHeader("Transfer-Encoding") != null;
    }
    return !RequestBodies.exceeds(length, maxBodyBytes) && !length.equals("0");
  }

  private static boolean has(SecurityIdentity identity, String role) {
    return identity.getRoles().contains(role);
  }

  private static Optional<SecurityIdentity> identity(RoutingContext context) {
    return context.user() instanceof QuarkusHttpUser user
        ? Optional.of(user.getSecurityIdentity()).filter(one -> !one.isAnonymous())
        : Optional.empty();
  }
}
