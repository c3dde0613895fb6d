package io.drover.contracts.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.OperationId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.json.ContractJson;
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads envelopes as CloudEvents 1.0 in Kafka's binary content mode: attributes are
 * headers with the prefix {@code ce_}, the value is the data alone. Knows no Kafka class, so that
 * every part and every test can use it.
 */
public final class CloudEvents {
  private static final String PREFIX = "ce_";

  private CloudEvents() {}

  /** The headers of the record; the value is {@link ContractJson#write} of the data. */
  public static Map<String, byte[]> headers(Envelope<?> envelope) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("specversion", "1.0");
    attributes.put("id", envelope.id().toString());
    attributes.put("source", envelope.source().toString());
    attributes.put("type", MessageTypes.of(envelope.data().getClass()));
    attributes.put("subject", envelope.subject());
    attributes.put("time", envelope.time().toString());
    attributes.put("partitionkey", envelope.subject());
    attributes.put("sequence", Long.toString(envelope.sequence()));
    attributes.put("hostsequence", Long.toString(envelope.hostSequence()));
    attributes.put("generation", Long.toString(envelope.generation()));
    if (envelope.projectId() != null) {
      attributes.put("projectid", envelope.projectId().toString());
    }
    if (envelope.operationId() != null) {
      attributes.put("operationid", envelope.operationId().toString());
    }
    Map<String, byte[]> headers = new LinkedHashMap<>();
    attributes.forEach((name, value) -> headers.put(PREFIX + name, value.getBytes(UTF_8)));
    headers.put("content-type", "application/json".getBytes(UTF_8));
    return headers;
  }

  /** The {@code ce_type} of a record, or an empty string for what is no CloudEvent. */
  public static String type(Map<String, byte[]> headers) {
    return attribute(headers, "type").orElse("");
  }

  /** A CloudEvents attribute of a record as text, without the prefix in its name. */
  public static Optional<String> attribute(Map<String, byte[]> headers, String name) {
    return Optional.ofNullable(headers.get(PREFIX + name))
        .filter(value -> value.length > 0)
        .map(value -> new String(value, UTF_8));
  }

  /**
   * Reads a record.
   *
   * @throws ProblemException {@code INVALID_REQUEST} for a record that is no CloudEvent of a known
   *     type or whose data is not of that type; the record belongs to the dead letters
   */
  public static Envelope<Object> read(Map<String, byte[]> headers, byte[] value) {
    Attributes from = new Attributes(headers);
    String type = from.require("type");
    Class<?> message =
        MessageTypes.find(type)
            .orElseThrow(() -> invalid("The type \"" + type + "\" is not known here.", null));
    try {
      return new Envelope<>(
          UUID.fromString(from.require("id")),
          URI.create(from.require("source")),
          from.require("subject"),
          Instant.parse(from.require("time")),
          from.number("sequence"),
          from.number("hostsequence"),
          from.has("projectid") ? ProjectId.parse(from.require("projectid")) : null,
          from.has("operationid") ? OperationId.parse(from.require("operationid")) : null,
          from.number("generation"),
          ContractJson.read(value, message));
    } catch (DateTimeParseException | IllegalArgumentException e) {
      throw invalid("A CloudEvents attribute of a " + type + " record is malformed.", e);
    }
  }

  private static ProblemException invalid(String detail, @Nullable Throwable cause) {
    return cause == null
        ? new ProblemException(ErrorCode.INVALID_REQUEST, detail)
        : new ProblemException(ErrorCode.INVALID_REQUEST, detail, cause);
  }

  private record Attributes(Map<String, byte[]> headers) {
    boolean has(String name) {
      return headers.get(PREFIX + name) != null;
    }

    String require(String name) {
      byte[] value = headers.get(PREFIX + name);
      if (value == null) {
        throw invalid("The record lacks the CloudEvents attribute " + PREFIX + name + ".", null);
      }
      return new String(value, UTF_8);
    }

    long number(String name) {
      return has(name) ? Long.parseLong(require(name)) : 0;
    }
  }
}
