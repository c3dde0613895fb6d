package io.drover.contracts.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.drover.contracts.error.ProblemException;
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
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each message type has a sample; the sample is what the AsyncAPI document says, what the record
 * reads, and what the record writes again.
 */
class MessageSamplesTest {
  private static final Path SAMPLES = Path.of("src/test/resources/samples");
  private static final JsonNode DOCUMENT = document();

  static Collection<String> types() {
    return MessageTypes.all();
  }

  @ParameterizedTest
  @MethodSource("types")
  void theSampleIsWhatTheDocumentSays(String type) throws IOException {
    JsonNode sample = sample(type);
    assertThat(schema(payloadOf(type)).validate(sample.get("data"))).isEmpty();
    assertThat(schema("CloudEventHeaders").validate(sample.get("headers"))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("types")
  void theSampleIsReadAndWrittenAgain(String type) throws IOException {
    JsonNode sample = sample(type);
    Envelope<Object> read =
        CloudEvents.read(headers(sample), ContractJson.write(sample.get("data")));

    assertThat(MessageTypes.of(read.data().getClass())).isEqualTo(type);
    JsonNode again = ContractJson.read(ContractJson.write(read.data()), JsonNode.class);
    assertThat(schema(payloadOf(type)).validate(again)).isEmpty();
    assertThat(ContractJson.read(ContractJson.write(read.data()), read.data().getClass()))
        .isEqualTo(read.data());
    assertThat(asText(CloudEvents.headers(read))).isEqualTo(asText(headers(sample)));
  }

  @Test
  void everySampleAndEveryDocumentedMessageIsOfAKnownType() throws IOException {
    TreeSet<String> samples = new TreeSet<>();
    try (var files = Files.list(SAMPLES)) {
      files.forEach(file -> samples.add(file.getFileName().toString().replace(".json", "")));
    }
    assertThat(samples).containsExactlyElementsOf(MessageTypes.all());
    TreeSet<String> documented = new TreeSet<>();
    DOCUMENT.at("/components/messages").forEach(one -> documented.add(one.get("name").asText()));
    assertThat(documented).containsAll(MessageTypes.all());
  }

  @Test
  void theDocumentNamesTheTopics() {
    TreeSet<String> addresses = new TreeSet<>();
    DOCUMENT.get("channels").forEach(channel -> addresses.add(channel.get("address").asText()));
    assertThat(addresses)
        .contains(
            Topics.DOMAIN_COMMANDS,
            Topics.DOMAIN_EVENTS,
            Topics.HOST_REPORTS,
            Topics.QMP_EVENTS,
            Topics.AUDIT,
            Topics.DEAD_LETTERS,
            "drover.host.{hostId}.commands");
  }

  @Test
  void everyReferenceInTheDocumentLeadsSomewhere() {
    DOCUMENT
        .findValuesAsText("$ref")
        .forEach(
            reference ->
                assertThat(DOCUMENT.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse());
  }

  @Test
  void aSampleWithoutARequiredMemberIsFoundWrong() throws IOException {
    ObjectNode data = (ObjectNode) sample("io.drover.event.domain-started.v1").get("data");
    data.remove("accelerator");
    assertThat(schema("DomainStarted").validate(data)).isNotEmpty();
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

  private static JsonNode document() {
    try {
      return new ObjectMapper(new YAMLFactory())
          .readTree(Path.of("src/main/contract/asyncapi.yaml").toFile());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static JsonNode sample(String type) throws IOException {
    return ContractJson.mapper().readTree(SAMPLES.resolve(type + ".json").toFile());
  }

  private static String payloadOf(String type) {
    for (JsonNode message : DOCUMENT.at("/components/messages")) {
      if (message.get("name").asText().equals(type)) {
        String reference = message.at("/payload/$ref").asText();
        return reference.substring(reference.lastIndexOf('/') + 1);
      }
    }
    throw new AssertionError(type + " is not in the document");
  }

  private static JsonSchema schema(String name) {
    ObjectNode root = ContractJson.mapper().createObjectNode();
    root.put("$ref", "#/components/schemas/" + name);
    root.set("components", DOCUMENT.get("components"));
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(root);
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
