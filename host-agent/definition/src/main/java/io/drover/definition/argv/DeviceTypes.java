package io.drover.definition.argv;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.json.ContractJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds what a command line asks of an emulator that was built without it. */
public final class DeviceTypes {
  /** Names that {@code -device} takes and the list of types does not have. */
  private static final Map<String, String> ALIASES =
      Map.of("ahci", "ich9-ahci", "lsi", "lsi53c895a");

  private DeviceTypes() {}

  /**
   * Checks a command line before it is run.
   *
   * @param types what the emulator's {@code -device} and {@code -object} take; empty when unknown
   * @param passedThrough words that the definition itself has put there: QEMU answers for them
   * @throws ProblemException {@code INVALID_DEFINITION} with each device and object that the
   *     emulator lacks
   */
  public static void check(List<String> argv, Set<String> types, List<String> passedThrough) {
    if (types.isEmpty()) {
      return;
    }
    List<Problem.Fault> faults = new ArrayList<>();
    for (int i = 1; i + 1 < argv.size(); i++) {
      String option = argv.get(i);
      if (option.equals("-device") || option.equals("-object")) {
        String type = member(argv.get(i + 1), option.equals("-device") ? "driver" : "qom-type");
        boolean there = types.contains(type) || types.contains(ALIASES.getOrDefault(type, type));
        if (!type.isEmpty() && !there && !passedThrough.contains(argv.get(i + 1))) {
          faults.add(fault(argv.get(0), type, member(argv.get(i + 1), "id")));
        }
      }
    }
    if (!faults.isEmpty()) {
      Problem.Fault first = faults.get(0);
      throw new ProblemException(
          ErrorCode.INVALID_DEFINITION, first.path() + ": " + first.detail(), faults);
    }
  }

  private static Problem.Fault fault(String emulator, String type, String id) {
    return new Problem.Fault(
        ErrorCode.INVALID_DEFINITION,
        "/domain/devices",
        0,
        0,
        "The emulator "
            + emulator
            + " has no '"
            + type
            + "'"
            + (id.isEmpty() ? "" : ", which '" + id + "' is made of")
            + "; choose another model, or install the package of QEMU that has it.");
  }

  /** Of JSON, or of {@code name,key=value} where the first word is the type. */
  private static String member(String value, String name) {
    if (value.startsWith("{")) {
      try {
        JsonNode properties = ContractJson.mapper().readTree(value);
        return properties.path(name).asText();
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("The command line has JSON that is none: " + value, e);
      }
    }
    String[] words = value.split(",", -1);
    if (!name.equals("id")) {
      return words[0].contains("=") ? "" : words[0];
    }
    for (String word : words) {
      if (word.startsWith("id=")) {
        return word.substring("id=".length());
      }
    }
    return "";
  }
}
