package io.drover.contracts.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.json.ContractJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each message type has a sample; the sample is what the AsyncAPI document says, what the record
 * reads, and what the record writes again.
 */
class MessageSamplesTest {
  private static final Path SAMPLES = Path.of("src/test/resources/samples");
  private static final Path DOCUMENTED = Path.of("src/test/resources/documented");
  private static final AsyncApi DOCUMENT = AsyncApi.read();

  static Collection<String> types() {
    return MessageTypes.all();
  }

  @ParameterizedTest
  @MethodSource("types")
  void theSampleIsWhatTheDocumentSays(String type) throws IOException {
    JsonNode sample = sample(type);
    assertThat(DOCUMENT.payload(type).validate(sample.get("data"))).isEmpty();
    assertThat(DOCUMENT.schema("CloudEventHeaders").validate(sample.get("headers"))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("types")
  void theSampleIsReadAndWrittenAgain(String type) throws IOException {
    JsonNode sample = sample(type);
    Envelope<Object> read =
        CloudEvents.read(headers(sample), ContractJson.write(sample.get("data")));

    assertThat(MessageTypes.of(read.data().getClass())).isEqualTo(type);
    JsonNode again = ContractJson.read(ContractJson.write(read.data()), JsonNode.class);
    assertThat(DOCUMENT.payload(type).validate(again)).isEmpty();
    assertThat(ContractJson.read(ContractJson.write(read.data()), read.data().getClass()))
        .isEqualTo(read.data());
    assertThat(asText(CloudEvents.headers(read))).isEqualTo(asText(headers(sample)));
  }

  @Test
  void everySampleAndEveryDocumentedMessageIsOfAKnownType() throws IOException {
    assertThat(namesIn(SAMPLES)).containsExactlyElementsOf(MessageTypes.all());
    TreeSet<String> documented = new TreeSet<>();
    DOCUMENT
        .root()
        .at("/components/messages")
        .forEach(one -> documented.add(one.get("name").asText()));
    documented.removeAll(MessageTypes.all());
    assertThat(documented).containsExactlyElementsOf(namesIn(DOCUMENTED));
  }

  /** What no class of the contracts stands for: the part that writes it has its own. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.drover.state.domain.v1",
        "io.drover.inventory.entry.v1",
        "io.drover.qmp-event.v1"
      })
  void aDocumentedMessageWithoutARecordHasAValidSampleToo(String type) throws IOException {
    JsonNode sample = ContractJson.mapper().readTree(DOCUMENTED.resolve(type + ".json").toFile());
    assertThat(DOCUMENT.payload(type).validate(sample.get("data"))).isEmpty();
    if (sample.has("headers")) {
      assertThat(DOCUMENT.schema("CloudEventHeaders").validate(sample.get("headers"))).isEmpty();
      assertThat(sample.at("/headers/ce_type").asText()).isEqualTo(type);
    }
  }

  @Test
  void theDocumentNamesTheTopics() {
    TreeSet<String> addresses = new TreeSet<>();
    DOCUMENT
        .root()
        .get("channels")
        .forEach(channel -> addresses.add(channel.get("address").asText()));
    assertThat(addresses)
        .containsExactlyInAnyOrder(
            Topics.DOMAIN_COMMANDS,
            Topics.DOMAIN_EVENTS,
            Topics.PLACEMENTS,
            Topics.DOMAIN_STATE,
            Topics.INVENTORY,
            Topics.HOST_REPORTS,
            Topics.HOSTS,
            Topics.QMP_EVENTS,
            Topics.AUDIT,
            Topics.DEAD_LETTERS,
            "drover.host.{hostId}.commands");
  }

  @Test
  void aSampleWithoutARequiredMemberIsFoundWrong() throws IOException {
    ObjectNode data = (ObjectNode) sample("io.drover.event.domain-started.v1").get("data");
    data.remove("accelerator");
    assertThat(DOCUMENT.schema("DomainStarted").validate(data)).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "hostId, no-uuid",
    "hostId, ''",
    "accelerator, xen",
  })
  void aSampleWithAWrongValueIsFoundWrong(String member, String value) throws IOException {
    ObjectNode data = (ObjectNode) sample("io.drover.event.domain-started.v1").get("data");
    data.put(member, value);
    assertThat(DOCUMENT.schema("DomainStarted").validate(data)).isNotEmpty();
  }

  @Test
  void recordsThatAreNoKnownCloudEventsAreRefused() throws IOException {
    Map<String, byte[]> headers = headers(sample("io.drover.event.domain-started.v1"));
    byte[] data = "{}".getBytes(StandardCharsets.UTF_8);
    for (String broken : new String[] {"ce_id", "ce_type", "ce_time", "ce_sequence"}) {
      Map<String, byte[]> changed = new LinkedHashMap<>(headers);
      changed.put(broken, "nonsense".getBytes(StandardCharsets.UTF_8));
      assertThatThrownBy(() -> CloudEvents.read(changed, data))
          .as(broken)
          .isInstanceOf(ProblemException.class);
    }
    assertThatThrownBy(() -> CloudEvents.read(Map.of(), data)).hasMessageContaining("ce_type");
    assertThatThrownBy(() -> CloudEvents.read(headers, "[".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(ProblemException.class);
  }

  private static TreeSet<String> namesIn(Path folder) throws IOException {
    TreeSet<String> names = new TreeSet<>();
    try (var files = Files.list(folder)) {
      files.forEach(file -> names.add(file.getFileName().toString().replace(".json", "")));
    }
    return names;
  }

  private static JsonNode sample(String type) throws IOException {
    return ContractJson.mapper().readTree(SAMPLES.resolve(type + ".json").toFile());
  }

  private static Map<String, byte[]> headers(JsonNode sample) {
    Map<String, byte[]> headers = new LinkedHashMap<>();
    sample
        .get("headers")
        .properties()
        .forEach(
            one ->
                headers.put(
                    one.getKey(), one.getValue().asText().getBytes(StandardCharsets.UTF_8)));
    return headers;
  }

  private static Map<String, String> asText(Map<String, byte[]> headers) {
    Map<String, String> text = new java.util.TreeMap<>();
    headers.forEach((name, value) -> text.put(name, new String(value, StandardCharsets.UTF_8)));
    return text;
  }
}
