package io.drover.agent.key;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.client.runtime.TokensHelper;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The host's own access token, by its client credentials. It is renewed while it still holds, when
 * less than {@code quarkus.oidc-client.refresh-token-time-skew} is left of it, so that a start
 * seldom waits for the identity provider. Thread-safe.
 */
public final class HostToken {
  private static final Logger LOG = Logger.getLogger(HostToken.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long CHECK_SECONDS = 5;

  private final OidcClient client;
  private final TokensHelper tokens = new TokensHelper();

  public HostToken(OidcClient client) {
    this.client = client;
  }

  /** Fetches a token, and renews it ahead of need until the timer ends; returns at once. */
  public void keepFresh(ScheduledExecutorService timer) {
    timer.scheduleWithFixedDelay(this::renewWhenDue, 0, CHECK_SECONDS, TimeUnit.SECONDS);
  }

  private void renewWhenDue() {
    tokens
        .getTokens(client)
        .subscribe()
        .with(
            found -> LOG.trace("Fetched an access token for this host"),
            failure ->
                LOG.warnf(
                    "Fetching an access token for this host failed and is retried in %d s: %s",
                    CHECK_SECONDS, failure.getMessage()));
  }

  /**
   * The value of an Authorization header. Waits only when there is no token that still holds.
   *
   * @throws ProblemException {@code UNAVAILABLE} when the identity provider gives no token in 10 s
   */
  public String authorization() {
    try {
      return "Bearer " + tokens.getTokens(client).await().atMost(PATIENCE).getAccessToken();
    } catch (RuntimeException e) {
      throw new ProblemException(
          ErrorCode.UNAVAILABLE,
          "The identity provider gives this host no token; see that it runs and knows the host.",
          e);
    }
  }
}
