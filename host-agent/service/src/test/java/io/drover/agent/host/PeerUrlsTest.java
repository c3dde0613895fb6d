package io.drover.agent.host;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ProblemException;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerUrlsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://secrets.example:8443",
        "http://127.0.0.1:8082",
        "http://127.1.2.3",
        "http://localhost:8082/",
        "http://[::1]:8082"
      })
  void takesHttpsAndPlainLoopback(String url) {
    assertThatCode(() -> PeerUrls.requireSafe("DROVER_SECRETS_URL", URI.create(url)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://10.0.0.1:8082",
        "http://secrets.example",
        "http://localhost.example",
        "http://127.0.0.1.example",
        "http://127.0.0.1@secrets.example",
        "http://user@127.0.0.1",
        "ftp://127.0.0.1",
        "127.0.0.1:8082",
        "secrets"
      })
  void refusesEverythingElse(String url) {
    assertThatThrownBy(
            () ->
                PeerUrls.requireSafe(
                    "DROVER_SECRETS_URL", URI.create(url.startsWith("127") ? "//" + url : url)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("DROVER_SECRETS_URL");
  }
}
