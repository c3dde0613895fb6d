package io.drover.gateway.console;

import io.drover.contracts.console.ConsoleTicket;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.gateway.access.Caller;
import io.drover.gateway.access.Callers;
import io.drover.gateway.access.Roles;
import io.drover.gateway.config.GatewayConfig;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The console's WebSocket: joined to the agent's, byte for byte, both ways. The checks are done,
 * and the agent has answered, before the client's upgrade is.
 */
@ApplicationScoped
class ConsoleRoute {
  private static final Logger LOG = Logger.getLogger(ConsoleRoute.class);
  private static final String PATH = "/v1/projects/:project/domains/:domain/console";
  private static final Set<String> ROLES = Set.of(Roles.TENANT, Roles.OPERATOR, Roles.AUTOMATION);

  /** What of the query is for the agent. */
  private static final Map<String, String> PASSED = Map.of("mode", "view", "tail", "no");

  private final Vertx vertx;
  private final OpeningConsole opening;
  private final ConsoleTickets tickets;
  private final OpenConsoles places;
  private final GatewayConfig.Console config;
  private final InstantSource clock;
  private final WebSocketClient client;

  ConsoleRoute(
      Vertx vertx,
      OpeningConsole opening,
      ConsoleTickets tickets,
      OpenConsoles places,
      GatewayConfig config,
      InstantSource clock) {
    this.vertx = vertx;
    this.opening = opening;
    this.tickets = tickets;
    this.places = places;
    this.clock = clock;
    this.config = config.console();
    this.client =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setConnectTimeout(Math.toIntExact(this.config.connectLimit().toMillis()))
                .setMaxConnections(this.config.maxOpen())
                .setMaxFrameSize(this.config.maxFrameBytes()));
  }

  void install(@Observes Router router) {
    router.get(PATH).order(0).handler(this::open);
  }

  private void open(RoutingContext context) {
    HttpServerRequest request = context.request();
    request.pause();
    SecurityIdentity identity = identity(context);
    if (identity == null || identity.isAnonymous()) {
      context.fail(new UnauthorizedException());
      return;
    }
    if (identity.getRoles().stream().noneMatch(ROLES::contains)) {
      context.fail(new ForbiddenException());
      return;
    }
    if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      context.fail(
          new ProblemException(
              ErrorCode.INVALID_REQUEST, "A console is a WebSocket; ask for an upgrade to one."));
      return;
    }
    String project = context.pathParam("project");
    String domain = context.pathParam("domain");
    Caller caller = Callers.of(identity);
    Runnable place;
    try {
      place = places.take(caller.subject());
    } catch (ProblemException e) {
      context.fail(e);
      return;
    }
    vertx
        .executeBlocking(() -> opening.target(caller, project, domain), false)
        .compose(target -> connect(request, target, tickets.issue(caller, target)))
        .compose(agent -> join(request, agent, new ConsolePipe.End(caller.until(), place)))
        .onFailure(
            failure -> {
              place.run();
              context.fail(failure(failure));
            });
  }

  private static @Nullable SecurityIdentity identity(RoutingContext context) {
    return context.user() instanceof QuarkusHttpUser user ? user.getSecurityIdentity() : null;
  }

  /** The ticket is all that the host gets; what it answers is not followed elsewhere. */
  private Future<WebSocket> connect(
      HttpServerRequest request, ConsoleTarget target, String ticket) {
    URI address = target.agent();
    return client.connect(
        new WebSocketConnectOptions()
            .setHost(address.getHost())
            .setPort(address.getPort())
            .setSsl("wss".equals(address.getScheme()))
            .setURI(address.getRawPath() + passedOn(request))
            .setFollowRedirects(false)
            .setTimeout(config.connectLimit().toMillis())
            .addHeader(ConsoleTicket.HEADER, ticket));
  }

  private static String passedOn(HttpServerRequest request) {
    String words =
        PASSED.entrySet().stream()
            .filter(word -> word.getValue().equals(request.getParam(word.getKey())))
            .map(word -> word.getKey() + "=" + word.getValue())
            .collect(Collectors.joining("&"));
    return words.isEmpty() ? "" : "?" + words;
  }

  private Future<Void> join(HttpServerRequest request, WebSocket agent, ConsolePipe.End end) {
    agent.pause();
    return request
        .toWebSocket()
        .onFailure(failure -> agent.close())
        .map(
            tenant -> {
              LOG.debugf("Console opened: %s", request.path());
              new ConsolePipe(vertx, tenant, agent, config.idleLimit()).start(end, clock.instant());
              return null;
            });
  }

  private static Throwable failure(Throwable failure) {
    if (failure instanceof ProblemException) {
      return failure;
    }
    LOG.warnf("Opening a console at the host's agent failed: %s", failure.getMessage());
    return new ProblemException(
        ErrorCode.UNAVAILABLE, "The host's agent did not open the console; try again.", failure);
  }
}
