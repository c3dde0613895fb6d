package io.drover.driver.internal.qmp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a QEMU says of its own protocol ({@code query-qmp-schema}), to hold samples against. */
final class QmpSchema {
  private final Map<String, JsonNode> types = new HashMap<>();

  QmpSchema(JsonNode answer) {
    answer.forEach(type -> types.put(type.path("name").asText(), type));
  }

  /** What is wrong with these arguments of this command; empty when nothing is. */
  List<String> faultsOfArguments(String command, JsonNode arguments) {
    return faults(command, "command", "arg-type", arguments);
  }

  List<String> faultsOfReply(String command, JsonNode returned) {
    return faults(command, "command", "ret-type", returned);
  }

  List<String> faultsOfEvent(String event, JsonNode data) {
    return faults(event, "event", "arg-type", data);
  }

  private List<String> faults(String name, String kind, String which, JsonNode value) {
    JsonNode entry = types.get(name);
    if (entry == null || !entry.path("meta-type").asText().equals(kind)) {
      return List.of("QEMU has no " + kind + " " + name);
    }
    List<String> faults = new ArrayList<>();
    check(name, value, entry.path(which).asText(), faults);
    return faults;
  }

  private void check(String path, JsonNode value, String typeName, List<String> faults) {
    JsonNode type = types.get(typeName);
    boolean fits =
        switch (type.path("meta-type").asText()) {
          case "object" -> {
            checkMembers(path, value, type, faults);
            yield value.isObject();
          }
          case "array" -> {
            value.forEach(e -> check(path + "[]", e, type.path("element-type").asText(), faults));
            yield value.isArray();
          }
          case "enum" -> holdsText(type.path("values"), value.asText());
          case "alternate" -> fitsOne(path, value, type);
          default -> fitsJson(value, type.path("json-type").asText());
        };
    if (!fits) {
      faults.add(path + ": " + value + " is no " + type.path("meta-type").asText());
    }
  }

  private boolean fitsOne(String path, JsonNode value, JsonNode type) {
    for (JsonNode member : type.path("members")) {
      List<String> faults = new ArrayList<>();
      check(path, value, member.path("type").asText(), faults);
      if (faults.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private static boolean fitsJson(JsonNode value, String jsonType) {
    return switch (jsonType) {
      case "string" -> value.isTextual();
      case "int" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "null" -> value.isNull();
      default -> jsonType.equals("value");
    };
  }

  private static boolean holdsText(JsonNode values, String text) {
    for (JsonNode value : values) {
      if (value.asText().equals(text)) {
        return true;
      }
    }
    return false;
  }

  private void checkMembers(String path, JsonNode value, JsonNode type, List<String> faults) {
    Map<String, JsonNode> members = membersOf(type, value);
    value
        .fields()
        .forEachRemaining(
            field ->
                Optional.ofNullable(members.get(field.getKey()))
                    .ifPresentOrElse(
                        member ->
                            check(
                                path + "." + field.getKey(),
                                field.getValue(),
                                member.path("type").asText(),
                                faults),
                        () -> faults.add(path + " has no member " + field.getKey())));
    members.forEach(
        (name, member) -> {
          if (!member.has("default") && !value.has(name)) {
            faults.add(path + " lacks " + name);
          }
        });
  }

  private Map<String, JsonNode> membersOf(JsonNode type, JsonNode value) {
    Map<String, JsonNode> members = new HashMap<>();
    type.path("members").forEach(member -> members.put(member.path("name").asText(), member));
    String variant = value.path(type.path("tag").asText()).asText();
    for (JsonNode each : type.path("variants")) {
      if (each.path("case").asText().equals(variant)) {
        members.putAll(membersOf(types.get(each.path("type").asText()), value));
      }
    }
    return members;
  }
}
