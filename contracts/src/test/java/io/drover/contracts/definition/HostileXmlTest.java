package io.drover.contracts.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileXmlTest {
  private static final Duration SOON = Duration.ofSeconds(2);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<",
        "not xml",
        "<domain>",
        "<domain></name></domain>",
        "<domain a='1' a='2'/>",
        "<domain>\u0000</domain>",
        "<domain>\u0008</domain>",
        "<domain x='&#0;'/>",
        "<domain>&unknown;</domain>",
        "<domain/><domain/>",
        "<?evil run?><domain/>",
        "<!DOCTYPE domain><domain/>",
        "<!DOCTYPE domain SYSTEM 'file:///etc/passwd'><domain/>",
        "<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><domain><name>&x;</name></domain>",
        "<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
            + "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>]><domain>&c;&c;&c;</domain>",
      })
  void refusesWhatIsNotPlainXml(String xml) {
    assertThat(refused(xml).code()).isEqualTo(ErrorCode.MALFORMED_XML);
    assertThat(
            catchThrowableOfType(
                    ProblemException.class,
                    () -> DomainXml.read(xml.getBytes(StandardCharsets.UTF_8)))
                .code())
        .isEqualTo(ErrorCode.MALFORMED_XML);
  }

  @Test
  void refusesDeepNesting() {
    assertThat(refused("<domain>" + "<a>".repeat(5_000)).code())
        .isEqualTo(ErrorCode.LIMIT_EXCEEDED);
  }

  @Test
  void refusesTooManyElements() {
    assertThat(refused("<domain>" + "<a/>".repeat(10_001) + "</domain>").code())
        .isEqualTo(ErrorCode.LIMIT_EXCEEDED);
  }

  @Test
  void refusesTooManyAttributes() {
    StringBuilder xml = new StringBuilder("<domain");
    for (int i = 0; i < 65; i++) {
      xml.append(" a").append(i).append("='x'");
    }
    assertThat(refused(xml + "/>").code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
  }

  @Test
  void refusesHugeTextAndHugeDocuments() {
    assertThat(refused("<domain><name>" + "n".repeat(100_000) + "</name></domain>").code())
        .isEqualTo(ErrorCode.LIMIT_EXCEEDED);
    assertThat(refused("<domain>" + " ".repeat(300_000) + "</domain>").code())
        .isEqualTo(ErrorCode.REQUEST_TOO_LARGE);
  }

  @Test
  void refusesTooManyDevices() {
    assertThat(refused("<domain><devices>" + "<disk/>".repeat(600) + "</devices></domain>").code())
        .isIn(ErrorCode.INVALID_DEFINITION, ErrorCode.LIMIT_EXCEEDED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../etc", "a/b", ".", ".."})
  void refusesNamesThatArePaths(String name) {
    ProblemException refused = refused(Samples.TENANT.replace("<name>web<", "<name>" + name + "<"));
    assertThat(refused.problem().errors()).hasSize(1);
    assertThat(refused.problem().errors().get(0).path()).isEqualTo("/domain");
  }

  @Test
  void listsAtMostAHundredFaults() {
    assertThat(refused("<domain>" + "<x/>".repeat(9_000) + "</domain>").problem().errors())
        .hasSize(100);
  }

  private static ProblemException refused(String xml) {
    return assertTimeoutPreemptively(
        SOON, () -> catchThrowableOfType(ProblemException.class, () -> DomainXml.read(xml)));
  }
}
