package io.drover.agent.key;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.client.Tokens;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The host's own access token, fetched ahead of need and renewed when a third of its life is left,
 * so that no start waits for the identity provider. Thread-safe.
 */
public final class HostToken {
  private static final Logger LOG = Logger.getLogger(HostToken.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final OidcClient client;
  private final InstantSource clock;
  private final AtomicReference<@Nullable Tokens> current = new AtomicReference<>();

  public HostToken(OidcClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  /** Begins to fetch, and goes on until the timer ends; returns at once. */
  public void keepFresh(ScheduledExecutorService timer) {
    client
        .getTokens()
        .subscribe()
        .with(
            tokens -> {
              current.set(tokens);
              schedule(timer, life(tokens).multipliedBy(2).dividedBy(3));
            },
            failure -> {
              LOG.warnf("No access token for this host, trying again: %s", failure.getMessage());
              schedule(timer, RETRY);
            });
  }

  /**
   * The value of an Authorization header. Waits only when there is no token that still holds.
   *
   * @throws ProblemException {@code UNAVAILABLE} when the identity provider does not answer
   */
  public String authorization() {
    Tokens tokens = current.get();
    if (tokens == null || tokens.isAccessTokenExpired()) {
      tokens = fetch();
      current.set(tokens);
    }
    return "Bearer " + tokens.getAccessToken();
  }

  private Tokens fetch() {
    try {
      CompletableFuture<Tokens> fresh = client.getTokens().subscribeAsCompletionStage();
      return fresh.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(e);
    } catch (ExecutionException | TimeoutException e) {
      throw unavailable(e);
    }
  }

  private static ProblemException unavailable(Exception cause) {
    return new ProblemException(
        ErrorCode.UNAVAILABLE,
        "The identity provider gives this host no token; see that it runs and knows the host.",
        cause);
  }

  /** Whether a token that holds is at hand. */
  public boolean isReady() {
    Tokens tokens = current.get();
    return tokens != null && !tokens.isAccessTokenExpired();
  }

  private void schedule(ScheduledExecutorService timer, Duration after) {
    if (!timer.isShutdown()) {
      timer.schedule(
          () -> keepFresh(timer),
          Math.max(RETRY.toMillis(), after.toMillis()),
          TimeUnit.MILLISECONDS);
    }
  }

  private Duration life(Tokens tokens) {
    Long expiresAt = tokens.getAccessTokenExpiresAt();
    long left = expiresAt == null ? 60 : expiresAt - clock.instant().getEpochSecond();
    return Duration.ofSeconds(Math.max(1, left));
  }
}
