package io.drover.driver.internal.probe;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.contracts.definition.Features;
import io.drover.definition.cpu.CpuFacts;
import io.drover.definition.cpu.CpuFeatures;
import io.drover.driver.Emulator;
import io.drover.driver.Emulator.Machine;
import io.drover.driver.Emulator.Sev;
import io.drover.driver.GuestCpus;
import io.drover.driver.internal.probe.ProbeReplies.Question;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Makes an emulator's facts of its answers; pure. */
final class ProbeParser {
  private ProbeParser() {}

  /**
   * Reads an emulator.
   *
   * @param first the whole interview, with KVM where that can be had
   * @param underTcg what differs under TCG; empty when the first was under TCG already
   */
  static Emulator of(String path, ProbeReplies first, Optional<ProbeReplies> underTcg) {
    boolean kvm = EmulatorFlags.kvm(first);
    JsonNode version = first.to("query-version");
    Set<String> flags = EmulatorFlags.of(first);
    Optional<GuestCpus> tcg =
        kvm ? underTcg.map(answers -> cpus(answers, "max")) : Optional.of(cpus(first, "max"));
    return new Emulator(
        path,
        first.to("query-target").path("arch").asText(),
        number(version.path("qemu")),
        version.path("package").asText().strip(),
        flags,
        EmulatorFlags.names(first.to("qom-list-types"), "name"),
        machines(first.to("query-machines")),
        flags.contains("tcg") ? tcg : Optional.empty(),
        kvm ? Optional.of(cpus(first, "host")) : Optional.empty(),
        sev(first.to("query-sev-capabilities")));
  }

  private static String number(JsonNode version) {
    return version.path("major").asInt()
        + "."
        + version.path("minor").asInt()
        + "."
        + version.path("micro").asInt();
  }

  /** In the emulator's order, but its default first. */
  private static List<Machine> machines(JsonNode answer) {
    List<Machine> machines = new ArrayList<>();
    for (JsonNode each : answer) {
      String name = each.path("name").asText();
      if (!name.equals("none")) {
        machines.add(machine(name, each));
      }
    }
    machines.sort(Comparator.comparing(machine -> !machine.isDefault()));
    return machines;
  }

  private static Machine machine(String name, JsonNode each) {
    return new Machine(
        name,
        each.hasNonNull("alias") ? List.of(each.path("alias").asText()) : List.of(),
        each.path("cpu-max").asInt(1),
        each.path("hotpluggable-cpus").asBoolean(),
        each.path("default-cpu-type").asText(),
        each.path("is-default").asBoolean(),
        each.path("numa-mem-supported").asBoolean(),
        each.path("default-ram-id").asText(),
        each.path("deprecated").asBoolean());
  }

  private static GuestCpus cpus(ProbeReplies answers, String richest) {
    List<GuestCpus.Model> models = new ArrayList<>();
    for (JsonNode each : answers.to("query-cpu-definitions")) {
      models.add(model(each));
    }
    JsonNode movable = expansion(answers, ProbeQueries.richestCpu(richest, true));
    JsonNode all = expansion(answers, ProbeQueries.richestCpu(richest, false));
    return new GuestCpus(
        models,
        facts(all.isMissingNode() ? movable : all),
        features(movable),
        hyperv(expansion(answers, ProbeQueries.hypervCpu())));
  }

  private static GuestCpus.Model model(JsonNode each) {
    JsonNode blockers = each.path("unavailable-features");
    List<String> names = new ArrayList<>();
    blockers.forEach(name -> names.add(name.asText()));
    return new GuestCpus.Model(
        each.path("name").asText(),
        each.path("typename").asText(),
        blockers.isArray() ? Optional.of(names.isEmpty()) : Optional.empty(),
        names.stream().distinct().toList(),
        each.path("deprecated").asBoolean());
  }

  private static JsonNode expansion(ProbeReplies answers, Question question) {
    return answers.to(question).path("model").path("props");
  }

  private static Optional<CpuFacts> facts(JsonNode props) {
    if (!props.isObject()) {
      return Optional.empty();
    }
    return Optional.of(
        new CpuFacts(
            CpuFacts.vendor(props.path("vendor").asText()),
            props.path("family").asInt(),
            props.path("model").asInt(),
            props.path("stepping").asInt(),
            features(props)));
  }

  private static Set<String> features(JsonNode props) {
    Set<String> features = new TreeSet<>();
    props
        .fields()
        .forEachRemaining(
            property -> {
              String name = CpuFeatures.x86().fromQemu(property.getKey());
              if (property.getValue().asBoolean() && CpuFeatures.x86().knows(name)) {
                features.add(name);
              }
            });
    return features;
  }

  private static List<String> hyperv(JsonNode props) {
    return Features.HYPERV_ENLIGHTENMENTS.stream()
        .filter(
            name -> {
              JsonNode value = props.path("hv-" + name.replace('_', '-'));
              return value.isBoolean()
                  ? value.asBoolean()
                  : value.isTextual() || value.asLong() > 0;
            })
        .toList();
  }

  private static Optional<Sev> sev(JsonNode answer) {
    return answer.isObject()
        ? Optional.of(
            new Sev(answer.path("cbitpos").asInt(), answer.path("reduced-phys-bits").asInt()))
        : Optional.empty();
  }
}
