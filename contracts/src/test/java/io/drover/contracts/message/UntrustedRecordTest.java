package io.drover.contracts.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.message.UntrustedRecordException.Reason;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UntrustedRecordTest {
  private static UntrustedRecord record(String type, String source) {
    return UntrustedRecord.of(
        Topics.DOMAIN_EVENTS,
        3,
        17,
        Map.of("ce_type", type.getBytes(UTF_8), "ce_source", source.getBytes(UTF_8)),
        new UntrustedRecordException(Reason.CLAIM, "It has no claim; look for its writer."));
  }

  @Test
  void theLineNamesPlaceSourceTypeSubjectCauseAndRemedy() {
    assertThat(record("io.drover.event.domain-deleted.v1", "/host-agents/x").sentence())
        .isEqualTo(
            "Record drover.domain-events-3@17 is refused and has no effect: it names the source"
                + " /host-agents/x, type io.drover.event.domain-deleted.v1, subject (none); It has"
                + " no claim; look for its writer.");
  }

  @Test
  void aStrangersTextMakesNoLineOfItsOwnAndNoCounterOfItsOwn() {
    UntrustedRecord record = record("a\nFATAL", "x".repeat(5_000));
    assertThat(record.sentence()).doesNotContain("\n").contains("a?FATAL").hasSizeLessThan(600);
    assertThat(record.tags())
        .containsExactly("topic", "drover.domain-events", "type", "unknown", "reason", "claim");
  }
}
