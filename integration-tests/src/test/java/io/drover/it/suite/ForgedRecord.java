package io.drover.it.suite;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.contracts.id.HostId;
import io.drover.it.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A record as somebody makes it who knows all there is to know but a key: the contracts' sample of
 * its type, about things that really exist, with the numbers that are right now.
 *
 * @param id the event or command id, new for each
 */
public record ForgedRecord(
    String topic, String key, String id, Map<String, byte[]> headers, byte[] value) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SAMPLES = ProjectFiles.root().resolve("contracts/src/test/resources");

  /** What the record is about, and whose that is. */
  public record Victim(
      String project,
      String domain,
      String volume,
      String key,
      String operation,
      HostId host,
      long generation,
      long epoch) {}

  /**
   * Makes one.
   *
   * @param source whom it names
   * @param host the host that it speaks for in its data
   */
  public static ForgedRecord of(
      String type, String topic, String source, HostId host, Victim victim) throws IOException {
    String id = UUID.randomUUID().toString();
    JsonNode sample = JSON.readTree(about(Files.readString(file(type)), id, host, victim));
    Map<String, byte[]> headers = new LinkedHashMap<>();
    sample
        .path("headers")
        .fields()
        .forEachRemaining(
            header -> headers.put(header.getKey(), header.getValue().asText().getBytes(UTF_8)));
    if (!headers.isEmpty()) { // QMP events have none
      headers.put("ce_source", source.getBytes(UTF_8));
      headers.put("ce_generation", Long.toString(victim.generation()).getBytes(UTF_8));
      headers.put("ce_time", Instant.now().toString().getBytes(UTF_8));
    }
    JsonNode data = sample.path("data");
    bringUpToDate(data, victim);
    byte[] subject = headers.getOrDefault("ce_subject", victim.domain().getBytes(UTF_8));
    return new ForgedRecord(
        topic, new String(subject, UTF_8), id, headers, JSON.writeValueAsBytes(data));
  }

  private static Path file(String type) {
    Path sample = SAMPLES.resolve("samples").resolve(type + ".json");
    return Files.exists(sample) ? sample : SAMPLES.resolve("documented").resolve(type + ".json");
  }

  /** The samples name everything by a number of their own. */
  private static String about(String sample, String id, HostId host, Victim victim) {
    return sample
        .replace(numbered(1), victim.project())
        .replace(numbered(2), victim.domain())
        .replace(numbered(3), victim.volume())
        .replace(numbered(4), host.toString())
        .replace(numbered(5), victim.operation())
        .replace(numbered(6), id)
        .replace(numbered(7), victim.key())
        .replace(numbered(90), id);
  }

  private static String numbered(int number) {
    return "00000000-0000-4000-8000-%012d".formatted(number);
  }

  private static void bringUpToDate(JsonNode data, Victim victim) {
    if (data.path("header") instanceof ObjectNode header) {
      header.put("generation", victim.generation());
      header.put("hostEpoch", victim.epoch());
      header.put("expiresAt", Instant.now().plus(Duration.ofHours(1)).toString());
    }
    if (data instanceof ObjectNode report && report.has("epoch")) {
      report.put("epoch", victim.epoch() + 1);
      if (report.path("domains").isArray()) {
        report.putArray("domains"); // that nothing runs there ends every claim
      }
    }
  }
}
