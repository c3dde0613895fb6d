package io.drover.contracts.message;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a Kafka client authenticates and protects its connection. Both are done once a connection and
 * cost a record nothing.
 *
 * @param login null for a broker on loopback that asks for none
 * @param tls null for a broker on loopback that is reached without TLS
 */
public record KafkaSecurity(@Nullable Login login, @Nullable Tls tls) {
  /** Neither login nor TLS. */
  public static final KafkaSecurity NONE = new KafkaSecurity(null, null);

  public static final String USER = "DROVER_KAFKA_USER";
  public static final String PASSWORD = "DROVER_KAFKA_PASSWORD";
  public static final String PASSWORD_FILE = "DROVER_KAFKA_PASSWORD_FILE";
  public static final String TLS = "DROVER_KAFKA_TLS";
  public static final String TRUSTSTORE = "DROVER_KAFKA_TLS_TRUSTSTORE";
  public static final String TRUSTSTORE_PASSWORD = "DROVER_KAFKA_TLS_TRUSTSTORE_PASSWORD";

  private static final String MECHANISM = "SCRAM-SHA-512";
  private static final String LOGIN_MODULE =
      "org.apache.kafka.common.security.scram.ScramLoginModule";

  /** A user of the cluster; its password never crosses the wire (SCRAM-SHA-512). */
  public record Login(String user, SecretText password) {
    /** The login as Kafka reads it; holds the password in plain text. */
    public String jaas() {
      return LOGIN_MODULE
          + " required username="
          + quoted(user)
          + " password="
          + quoted(password.value())
          + ";";
    }

    private static String quoted(String text) {
      return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
  }

  /**
   * Which certificates are trusted.
   *
   * @param truststore a PEM file, or a PKCS#12 file when it has a password; null for the Java
   *     platform's own
   */
  public record Tls(@Nullable Path truststore, @Nullable SecretText password) {}

  /** A login without TLS, as on loopback. */
  public static KafkaSecurity login(String user, SecretText password) {
    return new KafkaSecurity(new Login(user, password), null);
  }

  /**
   * Reads the environment settings that every part has.
   *
   * @param settings the value of a variable; empty when it is not set
   * @throws ProblemException names the setting that is missing or cannot be used
   */
  public static KafkaSecurity read(Function<String, Optional<String>> settings) {
    Function<String, Optional<String>> given =
        name -> settings.apply(name).map(String::strip).filter(value -> !value.isEmpty());
    return new KafkaSecurity(readLogin(given), readTls(given));
  }

  private static @Nullable Login readLogin(Function<String, Optional<String>> given) {
    Optional<String> user = given.apply(USER);
    Optional<String> password = given.apply(PASSWORD).or(() -> passwordOf(given));
    if (user.isEmpty() && password.isEmpty()) {
      return null;
    }
    if (user.isEmpty() || password.isEmpty()) {
      throw refusal(
          (user.isEmpty() ? USER : PASSWORD + " or " + PASSWORD_FILE)
              + " is not set; a login at Kafka needs a user and a password.");
    }
    return new Login(user.get(), new SecretText(password.get()));
  }

  private static Optional<String> passwordOf(Function<String, Optional<String>> given) {
    return given
        .apply(PASSWORD_FILE)
        .map(
            file -> {
              try {
                return Files.readString(Path.of(file)).strip();
              } catch (IOException e) {
                throw new ProblemException(
                    ErrorCode.INVALID_REQUEST,
                    PASSWORD_FILE + " names " + file + ", which cannot be read.",
                    e);
              }
            });
  }

  private static @Nullable Tls readTls(Function<String, Optional<String>> given) {
    Optional<String> store = given.apply(TRUSTSTORE);
    boolean wanted =
        switch (given.apply(TLS).orElse(Boolean.toString(store.isPresent()))) {
          case "true" -> true;
          case "false" -> false;
          default -> throw refusal(TLS + " is neither true nor false.");
        };
    if (!wanted) {
      return null;
    }
    return new Tls(
        store.map(Path::of).orElse(null),
        given.apply(TRUSTSTORE_PASSWORD).map(SecretText::new).orElse(null));
  }

  private static ProblemException refusal(String detail) {
    return new ProblemException(ErrorCode.INVALID_REQUEST, detail);
  }

  /** The same by Kafka's own names. */
  Map<String, String> clientSettings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("security.protocol", protocol());
    if (login != null) {
      settings.put("sasl.mechanism", MECHANISM);
      settings.put("sasl.jaas.config", login.jaas());
    }
    if (tls != null && tls.truststore() != null) {
      settings.put("ssl.truststore.location", tls.truststore().toString());
      settings.put("ssl.truststore.type", tls.password() == null ? "PEM" : "PKCS12");
      if (tls.password() != null) {
        settings.put("ssl.truststore.password", tls.password().value());
      }
    }
    return settings;
  }

  private String protocol() {
    if (login != null) {
      return tls == null ? "SASL_PLAINTEXT" : "SASL_SSL";
    }
    return tls == null ? "PLAINTEXT" : "SSL";
  }
}
