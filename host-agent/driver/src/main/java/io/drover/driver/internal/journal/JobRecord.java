package io.drover.driver.internal.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.drover.contracts.json.ContractJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * An operation as it is journalled before its first command to QEMU, and with its end.
 *
 * @param owner who has asked for it
 * @param since when it was asked for
 * @param until when it ends at the latest
 * @param operation as JSON; text, so that an entry stays readable to a driver that lacks it
 * @param notes what its handler wants to know again after a kill, by names of its own
 * @param result what its success tells, as JSON; empty until then
 * @param problem why it failed, as JSON; empty unless it did
 */
public record JobRecord(
    String id,
    String owner,
    Instant since,
    Instant until,
    String operation,
    Map<String, String> notes,
    String result,
    String problem) {
  public JobRecord {
    notes = Map.copyOf(notes);
  }

  /** Whether it is over. */
  public boolean ended() {
    return !result.isEmpty() || !problem.isEmpty();
  }

  public JobRecord withNotes(Map<String, String> newNotes) {
    return new JobRecord(id, owner, since, until, operation, newNotes, result, problem);
  }

  public JobRecord withOwner(String newOwner) {
    return new JobRecord(id, newOwner, since, until, operation, notes, result, problem);
  }

  /** Its success, whatever it had ended with before. */
  public JobRecord withResult(String json) {
    return new JobRecord(id, owner, since, until, operation, notes, json, "");
  }

  public JobRecord withProblem(String json) {
    return new JobRecord(id, owner, since, until, operation, notes, result, json);
  }

  Map<String, String> attributes() {
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("id", id);
    attributes.put("owner", owner);
    attributes.put("since", since.toString());
    attributes.put("until", until.toString());
    attributes.put("operation", operation);
    attributes.put(
        "notes", new String(ContractJson.write(new TreeMap<>(notes)), StandardCharsets.UTF_8));
    attributes.put("result", result);
    attributes.put("problem", problem);
    return attributes;
  }

  static JobRecord read(UnaryOperator<String> attribute) {
    return new JobRecord(
        attribute.apply("id"),
        attribute.apply("owner"),
        Instant.parse(attribute.apply("since")),
        Instant.parse(attribute.apply("until")),
        attribute.apply("operation"),
        notes(attribute.apply("notes")),
        attribute.apply("result"),
        attribute.apply("problem"));
  }

  private static Map<String, String> notes(String json) {
    try {
      return ContractJson.mapper().readValue(json, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The notes of a job are no JSON", e);
    }
  }
}
