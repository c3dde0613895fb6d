package io.drover.cli.session;

import io.drover.cli.shell.CliFailure;
import io.drover.cli.shell.ExitCode;
import io.drover.cli.shell.Pause;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.function.BiConsumer;

/** Gets the first tokens of a login: with a password, or with a code confirmed in a browser. */
public final class LoggingIn {
  private static final long DEFAULT_INTERVAL_SECONDS = 5;
  private static final String SCOPE = "openid";
  private static final String CHECK =
      "Check the user name and the password; after several wrong ones the login server waits.";
  private static final Set<String> NO_PASSWORDS =
      Set.of("unauthorized_client", "unsupported_grant_type");
  private static final String BY_BROWSER =
      "It takes no passwords from programs; confirm the login in a browser: drover login --device";
  private final OidcClient oidc;
  private final Clock clock;
  private final URI server;
  private final URI issuer;
  private final String clientId;

  public LoggingIn(HttpClient http, Clock clock, URI server, URI issuer, String clientId) {
    this.oidc = new OidcClient(http, clock, issuer);
    this.clock = clock;
    this.server = server;
    this.issuer = issuer;
    this.clientId = clientId;
  }

  /** Logs in with a password, which is wiped. */
  public Session withPassword(String user, char[] password) {
    FormBody form =
        new FormBody()
            .put("grant_type", "password")
            .put("client_id", clientId)
            .put("scope", SCOPE)
            .put("username", user)
            .put("password", password);
    Arrays.fill(password, '\0');
    OidcClient.Reply reply = oidc.post(oidc.endpoint("token_endpoint"), form);
    if (reply.status() != 200) {
      throw oidc.refused(reply, NO_PASSWORDS.contains(reply.error()) ? BY_BROWSER : CHECK);
    }
    return session(user, oidc.tokens(reply));
  }

  /**
   * Logs in with the device flow (RFC 8628), which asks at the interval the issuer wants.
   *
   * @param show is given the address to open and the code to confirm there
   */
  public Session withBrowser(BiConsumer<String, String> show) {
    OidcClient.Reply begun =
        oidc.post(
            oidc.endpoint("device_authorization_endpoint"),
            new FormBody().put("client_id", clientId).put("scope", SCOPE));
    if (begun.status() != 200) {
      throw oidc.refused(begun, "The login server may not allow device logins; use a password.");
    }
    String address = begun.body().path("verification_uri").asText();
    show.accept(
        begun.body().path("verification_uri_complete").asText(address),
        begun.body().path("user_code").asText());
    String code = begun.body().path("device_code").asText();
    long interval = begun.body().path("interval").asLong(DEFAULT_INTERVAL_SECONDS);
    Instant end = clock.instant().plusSeconds(begun.body().path("expires_in").asLong(600));
    while (clock.instant().isBefore(end)) {
      Pause.of(Duration.ofSeconds(Math.max(1, interval)));
      OidcClient.Reply reply = oidc.post(oidc.endpoint("token_endpoint"), deviceForm(code));
      if (reply.status() == 200) {
        return session("(device login)", oidc.tokens(reply));
      }
      if (reply.error().equals("slow_down")) {
        interval += DEFAULT_INTERVAL_SECONDS;
      } else if (!reply.error().equals("authorization_pending")) {
        throw oidc.refused(reply, "Run drover login --device again.");
      }
    }
    throw new CliFailure(ExitCode.TIMED_OUT, "The code was not confirmed in time.");
  }

  private FormBody deviceForm(String code) {
    return new FormBody()
        .put("grant_type", "urn:ietf:params:oauth:grant-type:device_code")
        .put("client_id", clientId)
        .put("device_code", code);
  }

  private Session session(String user, TokenAnswer tokens) {
    return new Session(
        server,
        issuer,
        clientId,
        user,
        tokens.accessToken(),
        tokens.refreshToken(),
        tokens.expiresAt());
  }
}
