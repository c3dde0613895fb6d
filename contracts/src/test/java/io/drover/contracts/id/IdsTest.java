package io.drover.contracts.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"", "1-1-1-1-1", "../../etc/passwd", "00000000-0000-4000-8000-00000000000g"})
  void whatIsNoUuidIsRefusedAndShown(String text) {
    assertThatThrownBy(() -> DomainId.parse(text))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ID))
        .hasMessageContaining("domain id \"" + text + "\"");
  }

  @Test
  void whatIsNoSubjectIsRefusedAsASubject() {
    assertThatThrownBy(() -> SubjectId.parse("web"))
        .hasMessageContaining("The subject id \"web\" is not a UUID");
  }

  @Test
  void aHugeIdIsShownShortened() {
    assertThatThrownBy(() -> DomainId.parse("x".repeat(1_000_000)))
        .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(200));
  }

  @Test
  void aDerivedIdIsTheSameEachTimeAndOfVersionFive() {
    // The example of RFC 9562, appendix A.4: the DNS namespace and www.example.com.
    UUID dns = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    assertThat(DerivedId.of(dns, "www.example.com"))
        .isEqualTo(UUID.fromString("2ed6657d-e927-568b-95e1-2665a8aea6a2"))
        .isNotEqualTo(DerivedId.of(dns, "example.com"));
  }
}
