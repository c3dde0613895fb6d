package io.drover.it.suite;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerToken;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerTokenCallback;

/** Logins at Kafka by an access token of the API: how a holder of one may try each mechanism. */
public final class TokenLogin {
  private static final String MODULES = "org.apache.kafka.common.security.";

  private TokenLogin() {}

  /**
   * The settings of a client.
   *
   * @param mechanism SASL's name of it
   * @param user whom the client says that it is; a bearer token says it itself
   */
  public static Map<String, Object> settings(String mechanism, String user, String token) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("security.protocol", "SASL_PLAINTEXT");
    settings.put("sasl.mechanism", mechanism);
    String login = " required username=\"" + user + "\" password=\"" + token + "\";";
    switch (mechanism) {
      case "PLAIN" -> settings.put("sasl.jaas.config", MODULES + "plain.PlainLoginModule" + login);
      case "OAUTHBEARER" -> {
        settings.put(
            "sasl.jaas.config",
            MODULES + "oauthbearer.OAuthBearerLoginModule required token=\"" + token + "\";");
        settings.put("sasl.login.callback.handler.class", Bearer.class.getName());
      }
      default -> settings.put("sasl.jaas.config", MODULES + "scram.ScramLoginModule" + login);
    }
    return settings;
  }

  /** Hands the token of the login module's options over as it is. */
  public static final class Bearer implements AuthenticateCallbackHandler {
    private String token = "";

    @Override
    public void configure(
        Map<String, ?> settings, String mechanism, List<AppConfigurationEntry> entries) {
      token = String.valueOf(entries.get(0).getOptions().get("token"));
    }

    @Override
    public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
      for (Callback callback : callbacks) {
        if (!(callback instanceof OAuthBearerTokenCallback wanted)) {
          throw new UnsupportedCallbackException(callback);
        }
        wanted.token(new Given(token));
      }
    }

    @Override
    public void close() {
      // nothing is open
    }
  }

  private record Given(String value) implements OAuthBearerToken {
    private static final long HOUR_MILLIS = 3_600_000;

    @Override
    public Set<String> scope() {
      return Set.of();
    }

    @Override
    public long lifetimeMs() {
      return System.currentTimeMillis() + HOUR_MILLIS;
    }

    @Override
    public String principalName() {
      return "alice";
    }

    @Override
    public Long startTimeMs() {
      return System.currentTimeMillis();
    }
  }
}
