package io.drover.contracts.address;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.message.KafkaSecurity;
import io.drover.contracts.message.KafkaSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The one rule of every part: what leaves loopback is protected. Plain HTTP, plain Kafka and plain
 * PostgreSQL to or at another address are refused at start, because passwords, tokens, commands and
 * keys travel there.
 */
public final class SafeAddresses {
  private static final Pattern LOOPBACK =
      Pattern.compile(
          "localhost|127(\\.\\d{1,3}){3}|\\[?(::1|0:0:0:0:0:0:0:1)]?", Pattern.CASE_INSENSITIVE);

  /** The part's own setting for each address that it calls; one that is not set is not called. */
  private static final Map<String, String> CALLED =
      Map.of(
          "DROVER_OIDC_URL", "quarkus.oidc.auth-server-url",
          "DROVER_OTLP_ENDPOINT", "quarkus.otel.exporter.otlp.endpoint",
          "DROVER_GATEWAY_URL", "drover.gateway-url",
          "DROVER_SECRETS_URL", "drover.secrets-url",
          "DROVER_AGENT_URL", "drover.agent-url");

  private SafeAddresses() {}

  /**
   * Checks every address that a part is started with.
   *
   * @param settings the value that holds for the part, by Quarkus' names and those of variables;
   *     empty when it is not set
   * @throws ProblemException names the setting, the address and the remedy
   */
  public static void check(Function<String, Optional<String>> settings) {
    Function<String, Optional<String>> given =
        name -> settings.apply(name).map(String::strip).filter(value -> !value.isEmpty());
    given
        .apply("quarkus.http.host")
        .ifPresent(
            host ->
                requireListener(
                    "DROVER_BIND",
                    host,
                    given.apply("quarkus.http.insecure-requests").orElse("enabled")));
    CALLED.forEach(
        (variable, setting) -> given.apply(setting).ifPresent(url -> requireWeb(variable, url)));
    given
        .apply("quarkus.datasource.jdbc.url")
        .ifPresent(url -> requirePostgres("DROVER_PG_URL", url));
    given
        .apply("kafka.bootstrap.servers")
        .ifPresent(servers -> requireKafka("DROVER_KAFKA", KafkaSettings.of(servers, given)));
  }

  /** Passes https, and http on loopback. */
  public static void requireWeb(String variable, URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    String host = url.getHost() == null ? "" : url.getHost();
    boolean safe =
        !host.isEmpty()
            && url.getUserInfo() == null
            && (scheme.equals("https") || (scheme.equals("http") && isLoopback(host)));
    if (!safe) {
      throw refusal(
          variable
              + " is "
              + scheme
              + "://"
              + host
              + "; tokens, credentials and keys travel there, so give an https address (plain http"
              + " is taken on loopback alone).");
    }
  }

  private static void requireWeb(String variable, String url) {
    try {
      requireWeb(variable, new URI(url));
    } catch (URISyntaxException e) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST, variable + " is no address of the form https://HOST:PORT.", e);
    }
  }

  /** Passes an address on loopback, and any other where plain requests are not answered. */
  public static void requireListener(String variable, String host, String insecureRequests) {
    if (!isLoopback(host) && "enabled".equalsIgnoreCase(insecureRequests)) {
      throw refusal(
          variable
              + " is "
              + host
              + ", where plain http would be answered; set quarkus.http.insecure-requests=disabled"
              + " with a TLS certificate, or listen on 127.0.0.1.");
    }
  }

  /** Passes brokers on loopback, and others with TLS and a login. */
  public static void requireKafka(String variable, KafkaSettings kafka) {
    Optional<String> remote =
        Arrays.stream(kafka.servers().split(","))
            .map(String::strip)
            .filter(server -> !isLoopback(hostOf(server)))
            .findFirst();
    if (remote.isEmpty()) {
      return;
    }
    if (kafka.security().tls() == null) {
      throw refusal(
          variable
              + " names "
              + remote.get()
              + ", which would be reached without TLS; set "
              + KafkaSecurity.TLS
              + "=true or "
              + KafkaSecurity.TRUSTSTORE
              + " (plain Kafka is taken on loopback alone).");
    }
    if (kafka.security().login() == null) {
      throw refusal(
          variable
              + " names "
              + remote.get()
              + ", which would be reached without a login; set "
              + KafkaSecurity.USER
              + " and "
              + KafkaSecurity.PASSWORD_FILE
              + ".");
    }
  }

  /** Passes databases on loopback, and others whose certificate is verified. */
  public static void requirePostgres(String variable, String jdbcUrl) {
    String rest = jdbcUrl.replaceFirst("^jdbc:postgresql:", "");
    boolean verified =
        parameters(rest)
            .anyMatch(List.of("sslmode=verify-full", "sslmode=verify-ca", "ssl=true")::contains);
    boolean weakened =
        parameters(rest).anyMatch(p -> p.startsWith("sslmode=") && !p.startsWith("sslmode=verify"));
    Optional<String> remote = databaseHosts(rest).filter(host -> !isLoopback(host)).findFirst();
    if (remote.isPresent() && (!verified || weakened)) {
      throw refusal(
          variable
              + " names "
              + remote.get()
              + ", which would be reached without a verified TLS connection; add"
              + " ?sslmode=verify-full&sslrootcert=FILE (plain PostgreSQL is taken on loopback"
              + " alone).");
    }
  }

  private static Stream<String> parameters(String rest) {
    int question = rest.indexOf('?');
    return question < 0 ? Stream.of() : Arrays.stream(rest.substring(question + 1).split("&"));
  }

  /** The hosts of {@code //a:1,b:2/database?...}; an empty name is the driver's localhost. */
  private static Stream<String> databaseHosts(String rest) {
    if (!rest.startsWith("//")) {
      return Stream.of();
    }
    String authority = rest.substring(2).split("[/?]", 2)[0];
    return Arrays.stream(authority.split(","))
        .map(SafeAddresses::hostOf)
        .filter(host -> !host.isEmpty());
  }

  /** {@code HOST:PORT} without its port; an IPv6 address keeps its brackets. */
  private static String hostOf(String server) {
    String bare = server.replaceFirst("^[A-Za-z_]+://", "");
    int end = bare.startsWith("[") ? bare.indexOf(']') + 1 : bare.indexOf(':');
    return end > 0 ? bare.substring(0, end) : end == 0 ? "" : bare;
  }

  private static boolean isLoopback(String host) {
    return LOOPBACK.matcher(host).matches();
  }

  private static ProblemException refusal(String detail) {
    return new ProblemException(ErrorCode.INVALID_REQUEST, detail);
  }
}
