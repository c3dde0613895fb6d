package io.drover.driver.internal.probe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads libvirt's flags out of an emulator's answers; pure. */
final class EmulatorFlags {
  private final ProbeReplies answers;
  private final SchemaPaths schema;
  private final Set<String> types;
  private final Set<String> commands;
  private final Set<String> flags = new TreeSet<>();

  private EmulatorFlags(ProbeReplies answers) {
    this.answers = answers;
    this.schema = new SchemaPaths(answers.to("query-qmp-schema"));
    this.types = names(answers.to("qom-list-types"), "name");
    this.commands = names(answers.to("query-commands"), "name");
  }

  /** The flags that hold, by name. */
  static Set<String> of(ProbeReplies answers) {
    EmulatorFlags reader = new EmulatorFlags(answers);
    for (FlagTable.Sign sign : FlagTable.signs()) {
      if (!reader.flags.contains(sign.flag()) && reader.seen(sign)) {
        reader.flags.add(sign.flag());
      }
    }
    return reader.flags;
  }

  static Set<String> names(JsonNode list, String member) {
    Set<String> names = new TreeSet<>();
    list.forEach(each -> names.add(each.isTextual() ? each.asText() : each.path(member).asText()));
    return names;
  }

  private boolean seen(FlagTable.Sign sign) {
    List<String> words = sign.words();
    return switch (sign.kind()) {
      case "type" -> types.contains(words.get(0));
      case "property" -> !property(words.get(0), words.get(1)).isMissingNode();
      case "default" ->
          property(words.get(0), words.get(1)).path("default-value").asText().equals(words.get(2));
      case "command" -> commands.contains(words.get(0));
      case "answer" -> !answers.to(words.get(0)).isMissingNode();
      case "schema" -> schema.has(words.get(0));
      case "option" -> option(words);
      case "migration" ->
          names(answers.to("query-migrate-capabilities"), "capability").contains(words.get(0));
      case "tpm-model" -> names(answers.to("query-tpm-models"), "name").contains(words.get(0));
      case "tpm-type" -> names(answers.to("query-tpm-types"), "name").contains(words.get(0));
      case "kvm" -> kvm(answers);
      case "hotplug" -> hotplug();
      case "since" -> version(answers) >= number(words.get(0));
      case "flags" -> flags.containsAll(words);
      case "without" -> !flags.contains(words.get(0));
      default -> throw new IllegalStateException("The table of flags has a " + sign.kind());
    };
  }

  private JsonNode property(String type, String name) {
    for (String command : List.of("device-list-properties", "qom-list-properties")) {
      for (JsonNode each : answers.to(command, Map.of("typename", type))) {
        if (each.path("name").asText().equals(name)) {
          return each;
        }
      }
    }
    return answers.to("");
  }

  private boolean option(List<String> words) {
    for (JsonNode each : answers.to("query-command-line-options")) {
      if (each.path("option").asText().equals(words.get(0))) {
        return words.size() == 1 || names(each.path("parameters"), "name").contains(words.get(1));
      }
    }
    return false;
  }

  private boolean hotplug() {
    for (JsonNode machine : answers.to("query-machines")) {
      if (machine.path("hotpluggable-cpus").asBoolean()) {
        return true;
      }
    }
    return false;
  }

  /** Whether KVM can be had and is what this session runs with. */
  static boolean kvm(ProbeReplies answers) {
    JsonNode kvm = answers.to("query-kvm");
    return kvm.path("enabled").asBoolean() && kvm.path("present").asBoolean();
  }

  private static long version(ProbeReplies answers) {
    JsonNode qemu = answers.to("query-version").path("qemu");
    return qemu.path("major").asLong() * 1_000_000
        + qemu.path("minor").asLong() * 1000
        + qemu.path("micro").asLong();
  }

  private static long number(String version) {
    String[] parts = version.split("\\.", -1);
    return Long.parseLong(parts[0]) * 1_000_000
        + Long.parseLong(parts[1]) * 1000
        + Long.parseLong(parts[2]);
  }
}
