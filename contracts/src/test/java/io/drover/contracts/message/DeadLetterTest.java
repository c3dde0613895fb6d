package io.drover.contracts.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.HostId;
import io.drover.contracts.json.ContractJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
  private static final AsyncApi DOCUMENT = AsyncApi.read();
  private static final Map<String, byte[]> RECORD = Map.of("ce_id", "1".getBytes(UTF_8));
  private static final DeadLetter LETTER =
      new DeadLetter("no event", "drover.domain-events", 3, 17, EventSource.SCHEDULER);

  @Test
  void theHeadersAreThoseOfTheDocument() {
    ObjectNode headers = ContractJson.mapper().createObjectNode();
    LETTER.headers().forEach((name, value) -> headers.put(name, new String(value, UTF_8)));
    assertThat(DOCUMENT.schema("DeadLetterHeaders").validate(headers)).isEmpty();
    assertThat(DOCUMENT.root().at("/components/schemas/DeadLetterHeaders/properties").size())
        .isEqualTo(headers.size());
    headers.put("drover_offset", "seventeen");
    assertThat(DOCUMENT.schema("DeadLetterHeaders").validate(headers)).isNotEmpty();
  }

  @Test
  void theCheckOfThePartsLooksForTheHeadersOfTheDocument() {
    assertThat(
            DeadLetterContract.documented(
                DOCUMENT.root().at("/components/schemas/DeadLetterHeaders")))
        .isEqualTo(DeadLetterContract.checked());
    DeadLetterContract.check(
        LETTER.headers(RECORD), EventSource.SCHEDULER, "drover.domain-events", RECORD);
  }

  @Test
  void theCheckFailsForAMissingAMisspeltAndAForeignHeader() {
    for (String name : LETTER.headers().keySet()) {
      Map<String, byte[]> lacking = new LinkedHashMap<>(LETTER.headers(RECORD));
      byte[] value = lacking.remove(name);
      refused(lacking);
      lacking.put(name.replace('_', '-'), value);
      refused(lacking);
    }
    Map<String, byte[]> more = new LinkedHashMap<>(LETTER.headers(RECORD));
    more.put("drover-part", "x".getBytes(UTF_8));
    refused(more);
    refused(LETTER.headers());
  }

  private static void refused(Map<String, byte[]> headers) {
    assertThatThrownBy(
            () ->
                DeadLetterContract.check(
                    headers, EventSource.SCHEDULER, "drover.domain-events", RECORD))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void aLetterIsReadAsItWasWritten() {
    EventSource agent = EventSource.hostAgent(new HostId(UUID.randomUUID()));
    DeadLetter letter = new DeadLetter("why", "drover.host.x.commands", 0, 9, agent);
    assertThat(DeadLetter.read(letter.headers(RECORD))).isEqualTo(letter);
  }

  @Test
  void aLongCauseIsShortened() {
    String cause = "x".repeat(2 * DeadLetter.MAX_CAUSE_CHARS);
    assertThat(new DeadLetter(cause, "t", 0, 0, EventSource.GATEWAY).cause())
        .hasSize(DeadLetter.MAX_CAUSE_CHARS);
  }

  @Test
  void headersThatAreMissingOrMalformedAreRefused() {
    assertThatThrownBy(() -> DeadLetter.read(RECORD))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("drover_cause");
    Map<String, byte[]> malformed = new LinkedHashMap<>(LETTER.headers());
    malformed.put("drover_offset", "x".getBytes(UTF_8));
    assertThatThrownBy(() -> DeadLetter.read(malformed)).isInstanceOf(ProblemException.class);
  }
}
