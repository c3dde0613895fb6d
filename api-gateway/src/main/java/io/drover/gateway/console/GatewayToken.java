package io.drover.gateway.console;

import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.client.runtime.TokensHelper;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;

/** The gateway's own token, by its client credentials; fetched again before it expires. */
@ApplicationScoped
class GatewayToken {
  private final OidcClient client;
  private final TokensHelper tokens = new TokensHelper();

  GatewayToken(OidcClient client) {
    this.client = client;
  }

  /** A valid access token; the future completes on the caller's event loop. */
  Future<String> fetch(Vertx vertx) {
    Promise<String> promise = Promise.promise();
    Context context = vertx.getOrCreateContext();
    tokens
        .getTokens(client)
        .subscribe()
        .with(
            found -> context.runOnContext(now -> promise.complete(found.getAccessToken())),
            failure -> context.runOnContext(now -> promise.fail(failure)));
    return promise.future();
  }
}
