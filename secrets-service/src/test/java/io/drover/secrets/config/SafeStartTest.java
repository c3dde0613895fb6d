package io.drover.secrets.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ProblemException;
import org.junit.jupiter.api.Test;

class SafeStartTest {
  @Test
  void plainHttpIsForLoopbackAlone() {
    assertThatCode(() -> SafeStart.requireSafe("127.0.0.1", "enabled")).doesNotThrowAnyException();
    assertThatCode(() -> SafeStart.requireSafe("0.0.0.0", "disabled")).doesNotThrowAnyException();
    assertThatThrownBy(() -> SafeStart.requireSafe("0.0.0.0", "enabled"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("TLS certificate");
  }
}
