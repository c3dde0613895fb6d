package io.drover.gateway.console;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
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
import java.util.Set;
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

  private final Vertx vertx;
  private final OpeningConsole opening;
  private final GatewayToken token;
  private final GatewayConfig.Console config;
  private final WebSocketClient client;

  ConsoleRoute(Vertx vertx, OpeningConsole opening, GatewayToken token, GatewayConfig config) {
    this.vertx = vertx;
    this.opening = opening;
    this.token = token;
    this.config = config.console();
    this.client =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setConnectTimeout(Math.toIntExact(this.config.connectLimit().toMillis()))
                .setMaxConnections(500)
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
    vertx
        .executeBlocking(() -> opening.agentAddress(Callers.of(identity), project, domain), false)
        .compose(this::connect)
        .compose(agent -> join(request, agent, domain))
        .onFailure(failure -> context.fail(failure(failure)));
  }

  private static @Nullable SecurityIdentity identity(RoutingContext context) {
    return context.user() instanceof QuarkusHttpUser user ? user.getSecurityIdentity() : null;
  }

  private Future<WebSocket> connect(URI address) {
    return token
        .fetch(vertx)
        .compose(
            bearer ->
                client.connect(
                    new WebSocketConnectOptions()
                        .setHost(address.getHost())
                        .setPort(address.getPort())
                        .setSsl("wss".equals(address.getScheme()))
                        .setURI(address.getRawPath())
                        .setTimeout(config.connectLimit().toMillis())
                        .addHeader("Authorization", "Bearer " + bearer)));
  }

  private Future<Void> join(HttpServerRequest request, WebSocket agent, String domain) {
    agent.pause();
    return request
        .toWebSocket()
        .onFailure(failure -> agent.close())
        .map(
            tenant -> {
              LOG.debugf("Console of domain=%s opened", domain);
              new ConsolePipe(vertx, tenant, agent, config.idleLimit()).start();
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
