package io.drover.contracts.definition;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    assertThat(refused.problem().errors().get(0).path()).isEqualTo("/domain/name");
    assertThat(refused.problem().detail()).contains("'" + name + "'");
  }

  @Test
  void refusesADiskNameThatStandsForThousandsOfControllers() {
    ProblemException refused = refused(Samples.TENANT.replace("dev='vda'", "dev='sdzzzz'"));
    assertThat(refused.problem().errors().get(0).path())
        .isEqualTo("/domain/devices/disk/target/@dev");
  }

  @Test
  void readsAndRefusesSetsOfCpusHoweverLong() {
    String set = "0-9999,".repeat(9_000);
    String xml = Samples.TENANT.replace("<vcpu>", "<vcpu cpuset='" + set + "%s'>");
    assertThat(DomainXml.read(xml.formatted("7")).vcpus().cpuset()).isEqualTo("0-9999");
    assertThat(refused(xml.formatted("x")).problem().detail()).contains("is not a set of numbers");
  }

  @Test
  void answersShortlyToLongNamesAndValues() {
    String attribute = "a".repeat(60_000);
    ProblemException refused =
        refused("<domain type='" + attribute + "' " + attribute + "='1'><name/></domain>");
    assertThat(refused.problem().detail()).hasSizeLessThan(2_000);
    assertThat(refused.problem().errors())
        .allSatisfy(fault -> assertThat(fault.path() + fault.detail()).hasSizeLessThan(2_000));
  }

  @Test
  void saysThatANumberIsTooLargeRatherThanNoNumber() {
    ProblemException refused =
        refused(Samples.TENANT.replace("<vcpu>2<", "<vcpu>18446744073709551615<"));
    assertThat(refused.problem().errors().get(0).code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
    assertThat(refused.problem().detail()).contains("18446744073709551615 is outside 1 to 710");
  }

  @Test
  void refusesBytesThatAreNotOfTheirEncodingAndNamesThePlace() {
    byte[] latin = "<domain>\n  <name>caf\u00e9</name></domain>".getBytes(ISO_8859_1);
    ProblemException refused =
        catchThrowableOfType(ProblemException.class, () -> DomainXml.read(latin));
    assertThat(refused.code()).isEqualTo(ErrorCode.MALFORMED_XML);
    assertThat(refused.problem().detail())
        .isEqualTo("Byte 20 is no UTF-8 text; write the document in UTF-8. (line 2, column 12)");
  }

  @Test
  void readsTheEncodingsThatADocumentDeclares() {
    String declared = "<?xml version='1.0' encoding='ISO-8859-1'?>\n";
    String named = Samples.TENANT.replace("<name>web<", "<name>caf\u00e9<");
    assertThat(DomainXml.read((declared + named).getBytes(ISO_8859_1)).name())
        .isEqualTo("caf\u00e9");
    assertThat(DomainXml.read(named.getBytes(StandardCharsets.UTF_16)).name())
        .isEqualTo("caf\u00e9");
    assertThat(DomainXml.read(("\ufeff" + named).getBytes(StandardCharsets.UTF_8)).name())
        .isEqualTo("caf\u00e9");
    assertThat(
            catchThrowableOfType(
                    ProblemException.class,
                    () ->
                        DomainXml.read(
                            "<?xml version='1.0' encoding='x-none'?><a/>".getBytes(ISO_8859_1)))
                .problem()
                .detail())
        .contains("'x-none'", "UTF-8");
  }

  @Test
  void refusesDeeplyNestedJson() {
    byte[] json = "{\"identity\":".repeat(5_000).getBytes(StandardCharsets.UTF_8);
    assertThat(catchThrowableOfType(ProblemException.class, () -> DomainJson.read(json)).code())
        .isEqualTo(ErrorCode.LIMIT_EXCEEDED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"identity\":{\"name\":\"a\"}|The JSON ends too early.",
        "{identity}|Not well-formed JSON",
        "{\"name\":\"a\"}|has no member /name; those known there are: clock,",
        "{\"memory\":{\"kib\":\"x\"}}|The value of /memory/kib is not what",
      })
  void saysWhatIsWrongWithAJsonDefinition(String json, String words) {
    ProblemException refused =
        catchThrowableOfType(
            ProblemException.class, () -> DomainJson.read(json.getBytes(StandardCharsets.UTF_8)));
    assertThat(refused.problem().detail()).contains(words).contains("(line 1, column ");
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
