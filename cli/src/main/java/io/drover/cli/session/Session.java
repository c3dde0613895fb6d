package io.drover.cli.session;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A login at one server.
 *
 * @param expiresAt when the access token ends
 * @param refreshToken null when the issuer gave none
 */
public record Session(
    URI server,
    URI issuer,
    String clientId,
    String user,
    Token accessToken,
    @Nullable Token refreshToken,
    Instant expiresAt) {

  Session renewed(TokenAnswer answer) {
    Token next = answer.refreshToken() == null ? refreshToken : answer.refreshToken();
    return new Session(
        server, issuer, clientId, user, answer.accessToken(), next, answer.expiresAt());
  }
}
