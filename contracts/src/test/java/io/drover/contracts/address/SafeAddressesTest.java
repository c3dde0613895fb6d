package io.drover.contracts.address;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ProblemException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeAddressesTest {
  private static final String OIDC = "quarkus.oidc.auth-server-url";
  private static final String KAFKA = "kafka.bootstrap.servers";
  private static final String DATABASE = "quarkus.datasource.jdbc.url";

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "quarkus.oidc.auth-server-url DROVER_OIDC_URL",
        "quarkus.otel.exporter.otlp.endpoint DROVER_OTLP_ENDPOINT",
        "drover.gateway-url DROVER_GATEWAY_URL",
        "drover.secrets-url DROVER_SECRETS_URL",
        "drover.agent-url DROVER_AGENT_URL"
      })
  void plainHttpIsTakenOnLoopbackAlone(String setting, String variable) {
    for (String safe :
        new String[] {
          "https://cloud.example:8443",
          "http://127.0.0.1:8082",
          "http://127.1.2.3",
          "http://localhost:8082/",
          "http://[::1]:8082"
        }) {
      passes(Map.of(setting, safe));
    }
    for (String unsafe :
        new String[] {
          "http://10.0.0.1:8082",
          "http://cloud.example",
          "http://localhost.example",
          "http://127.0.0.1.example",
          "http://127.0.0.1@cloud.example",
          "http://user@127.0.0.1",
          "ws://10.0.0.1",
          "ftp://127.0.0.1",
          "//127.0.0.1:8082",
          "127.0.0.1:8082",
          "http://a b",
          "cloud"
        }) {
      refused(Map.of(setting, unsafe), variable, "https");
    }
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1", "localhost", "::1"})
  void aPartListensOnLoopbackWithoutTls(String host) {
    passes(Map.of("quarkus.http.host", host));
  }

  @ParameterizedTest
  @CsvSource({"0.0.0.0", "::", "10.0.0.1", "cloud.example"})
  void aPartListensElsewhereWithTlsAlone(String host) {
    refused(Map.of("quarkus.http.host", host), "DROVER_BIND", "insecure-requests=disabled");
    passes(Map.of("quarkus.http.host", host, "quarkus.http.insecure-requests", "disabled"));
    passes(Map.of("quarkus.http.host", host, "quarkus.http.insecure-requests", "redirect"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {"127.0.0.1:9092", "localhost:9092,127.0.0.1:9093", "[::1]:9092", "localhost"})
  void plainKafkaIsTakenOnLoopback(String servers) {
    passes(Map.of(KAFKA, servers));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "10.0.0.1:9092",
        "127.0.0.1:9092,10.0.0.1:9092",
        "PLAINTEXT://kafka:9092",
        "[fd::1]:1"
      })
  void kafkaElsewhereNeedsTlsAndALogin(String servers) {
    Map<String, String> settings = new HashMap<>(Map.of(KAFKA, servers));
    refused(settings, "DROVER_KAFKA", "DROVER_KAFKA_TLS=true");
    settings.put("DROVER_KAFKA_TLS", "true");
    refused(settings, "DROVER_KAFKA", "DROVER_KAFKA_USER");
    settings.put("DROVER_KAFKA_USER", "gateway");
    settings.put("DROVER_KAFKA_PASSWORD", "secret");
    passes(settings);
    settings.put("DROVER_KAFKA_TLS", "false");
    refused(settings, "DROVER_KAFKA", "DROVER_KAFKA_TLS=true");
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://127.0.0.1:15432/drover",
    "jdbc:postgresql://localhost/drover",
    "jdbc:postgresql://[::1]:5432/drover?ApplicationName=x",
    "jdbc:postgresql:///drover",
    "jdbc:postgresql:drover",
    "jdbc:postgresql://db.example/drover?sslmode=verify-full",
    "jdbc:postgresql://db.example/drover?sslrootcert=/ca&sslmode=verify-ca",
    "jdbc:postgresql://db.example/drover?ssl=true"
  })
  void postgresIsTakenOnLoopbackOrWithAVerifiedCertificate(String url) {
    passes(Map.of(DATABASE, url));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "jdbc:postgresql://db.example/drover",
        "jdbc:postgresql://10.0.0.1:5432/drover?sslmode=require",
        "jdbc:postgresql://10.0.0.1:5432/drover?ssl=true&sslmode=prefer",
        "jdbc:postgresql://127.0.0.1:1,10.0.0.1:2/drover",
        "jdbc:postgresql://db.example?x=/127.0.0.1/"
      })
  void plainPostgresElsewhereIsRefused(String url) {
    refused(Map.of(DATABASE, url), "DROVER_PG_URL", "sslmode=verify-full");
  }

  @Test
  void whatIsNotSetIsNotChecked() {
    passes(Map.of());
    passes(Map.of("quarkus.otel.exporter.otlp.endpoint", " ", OIDC, ""));
  }

  private static void passes(Map<String, String> settings) {
    assertThatCode(() -> check(settings)).as("%s", settings).doesNotThrowAnyException();
  }

  private static void refused(Map<String, String> settings, String variable, String remedy) {
    assertThatThrownBy(() -> check(settings))
        .as("%s", settings)
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(variable + " ")
        .hasMessageContaining(remedy);
  }

  private static void check(Map<String, String> settings) {
    SafeAddresses.check(name -> Optional.ofNullable(settings.get(name)));
  }
}
