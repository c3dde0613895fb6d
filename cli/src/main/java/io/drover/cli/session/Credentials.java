package io.drover.cli.session;

import io.drover.cli.shell.CliFailure;
import io.drover.cli.shell.ExitCode;
import io.drover.cli.shell.Shell;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The token of each request: {@code DROVER_TOKEN}, or the stored login, renewed when it ends. */
public final class Credentials {
  private static final Duration EARLY = Duration.ofSeconds(10);
  private static final String REMEDY = "Run: drover login";
  private final HttpClient http;
  private final Clock clock;
  private final SessionFile file;
  private final URI server;
  private final Optional<Token> given;

  public Credentials(HttpClient http, Shell shell, SessionFile file, URI server) {
    this.http = http;
    this.clock = shell.clock();
    this.file = file;
    this.server = server;
    this.given = shell.variable("DROVER_TOKEN").map(Token::new);
  }

  /**
   * A token that has not ended.
   *
   * @throws CliFailure {@code NOT_AUTHENTICATED} without a login at this server
   */
  public Token current() {
    if (given.isPresent()) {
      return given.get();
    }
    Session session = require();
    return fresh(session)
        ? session.accessToken()
        : renew(session.accessToken()).orElseThrow(this::ended);
  }

  /** A newer token than the one the server has just refused; empty when there is no way to one. */
  public Optional<Token> renew(Token refused) {
    if (given.isPresent()) {
      return Optional.empty();
    }
    return file.locked(() -> renewLocked(refused));
  }

  private Optional<Token> renewLocked(Token refused) {
    Session session = require();
    if (!session.accessToken().equals(refused) && fresh(session)) {
      return Optional.of(session.accessToken());
    }
    @Nullable Token refresh = session.refreshToken();
    if (refresh == null) {
      return Optional.empty();
    }
    OidcClient oidc =
        new OidcClient(http, clock, SecureAddress.parse("login", session.issuer().toString()));
    FormBody form =
        new FormBody()
            .put("grant_type", "refresh_token")
            .put("client_id", session.clientId())
            .put("refresh_token", refresh.value());
    OidcClient.Reply reply = oidc.post(oidc.endpoint("token_endpoint"), form);
    if (reply.status() >= 500) {
      throw oidc.refused(reply, "Try again.");
    }
    if (reply.status() != 200) {
      return Optional.empty();
    }
    Session renewed = session.renewed(oidc.tokens(reply));
    file.write(renewed);
    return Optional.of(renewed.accessToken());
  }

  private boolean fresh(Session session) {
    return clock.instant().plus(EARLY).isBefore(session.expiresAt());
  }

  private Session require() {
    return file.read()
        .filter(session -> session.server().equals(server))
        .orElseThrow(
            () ->
                new CliFailure(
                    ExitCode.NOT_AUTHENTICATED, "There is no login at " + server + ".", REMEDY));
  }

  private CliFailure ended() {
    return new CliFailure(
        ExitCode.NOT_AUTHENTICATED, "The login at " + server + " has ended.", REMEDY);
  }
}
