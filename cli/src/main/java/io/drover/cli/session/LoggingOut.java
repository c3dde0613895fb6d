package io.drover.cli.session;

import io.drover.cli.shell.CliFailure;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ends a login: the refresh token at the issuer, then the file. */
public final class LoggingOut {
  private final HttpClient http;
  private final Clock clock;
  private final SessionFile file;

  public LoggingOut(HttpClient http, Clock clock, SessionFile file) {
    this.http = http;
    this.clock = clock;
    this.file = file;
  }

  /** What could not be told to the issuer, in a sentence; the file is gone in any case. */
  public Optional<String> end() {
    Optional<String> complaint = revoke();
    file.delete();
    return complaint;
  }

  private Optional<String> revoke() {
    try {
      Optional<Session> session = file.read();
      @Nullable Token refresh = session.map(Session::refreshToken).orElse(null);
      if (session.isEmpty() || refresh == null) {
        return Optional.empty();
      }
      OidcClient oidc = new OidcClient(http, clock, session.get().issuer());
      OidcClient.Reply reply =
          oidc.post(
              oidc.endpoint("revocation_endpoint"),
              new FormBody()
                  .put("client_id", session.get().clientId())
                  .put("token_type_hint", "refresh_token")
                  .put("token", refresh.value()));
      return reply.status() == 200
          ? Optional.empty()
          : Optional.of("The login server answered HTTP " + reply.status() + ".");
    } catch (CliFailure e) {
      return Optional.ofNullable(e.getMessage());
    }
  }
}
