package io.drover.contracts.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaSecurityTest {
  @TempDir Path folder;

  @Test
  void nothingIsSetForABrokerWithoutLogin() {
    assertThat(read(Map.of())).isEqualTo(KafkaSecurity.NONE);
    assertThat(KafkaSecurity.NONE.clientSettings())
        .containsExactlyEntriesOf(Map.of("security.protocol", "PLAINTEXT"));
  }

  @Test
  void theLoginIsAUserAndAPassword() {
    assertThat(read(Map.of("DROVER_KAFKA_USER", "gateway", "DROVER_KAFKA_PASSWORD", "secret")))
        .isEqualTo(KafkaSecurity.login("gateway", new SecretText("secret")));
  }

  @Test
  void thePasswordMayStandInAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("password"), "secret\n");
    assertThat(
            read(
                Map.of(
                    "DROVER_KAFKA_USER", "gateway", "DROVER_KAFKA_PASSWORD_FILE", file.toString())))
        .isEqualTo(KafkaSecurity.login("gateway", new SecretText("secret")));
  }

  @Test
  void halfALoginIsRefusedWithTheSettingThatIsMissing() {
    assertThatThrownBy(() -> read(Map.of("DROVER_KAFKA_USER", "gateway")))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("DROVER_KAFKA_PASSWORD or DROVER_KAFKA_PASSWORD_FILE is not set");
    assertThatThrownBy(() -> read(Map.of("DROVER_KAFKA_PASSWORD", "secret")))
        .hasMessageContaining("DROVER_KAFKA_USER is not set")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aPasswordFileThatIsMissingIsNamed() {
    assertThatThrownBy(
            () ->
                read(
                    Map.of(
                        "DROVER_KAFKA_USER", "gateway",
                        "DROVER_KAFKA_PASSWORD_FILE", "/nowhere/password")))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("DROVER_KAFKA_PASSWORD_FILE names /nowhere/password");
  }

  @Test
  void aTruststoreTurnsTlsOn() {
    assertThat(read(Map.of("DROVER_KAFKA_TLS_TRUSTSTORE", "/etc/ca.pem")).clientSettings())
        .containsEntry("security.protocol", "SSL")
        .containsEntry("ssl.truststore.location", "/etc/ca.pem")
        .containsEntry("ssl.truststore.type", "PEM");
    assertThat(
            read(Map.of(
                    "DROVER_KAFKA_TLS_TRUSTSTORE", "/etc/ca.p12",
                    "DROVER_KAFKA_TLS_TRUSTSTORE_PASSWORD", "changeit"))
                .clientSettings())
        .containsEntry("ssl.truststore.type", "PKCS12")
        .containsEntry("ssl.truststore.password", "changeit");
  }

  @Test
  void tlsWithoutATruststoreTrustsWhatThePlatformTrusts() {
    assertThat(read(Map.of("DROVER_KAFKA_TLS", "true")).clientSettings())
        .containsEntry("security.protocol", "SSL")
        .doesNotContainKey("ssl.truststore.location");
    assertThatThrownBy(() -> read(Map.of("DROVER_KAFKA_TLS", "yes")))
        .hasMessageContaining("DROVER_KAFKA_TLS is neither true nor false");
  }

  private static KafkaSecurity read(Map<String, String> environment) {
    return KafkaSecurity.read(name -> Optional.ofNullable(environment.get(name)));
  }
}
