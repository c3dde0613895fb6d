package io.drover.definition.cpu;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The x86 CPU models that libvirt names, and the one among them that describes a CPU best. */
public final class CpuModels {
  private static final List<String> WITHOUT_TABLE =
      List.of("pentiumpro", "cpu64-rhel5", "cpu64-rhel6", "Icelake-Client", "Icelake-Client-noTSX");
  private static final CpuModels X86 = new CpuModels(TextTable.lines("models.txt"));
  private final Map<String, NamedCpu> models = new LinkedHashMap<>();

  private CpuModels(List<String> lines) {
    String head = "";
    Set<String> features = new LinkedHashSet<>();
    for (String line : lines) {
      if (!line.startsWith(" ")) {
        add(head, features);
        head = line;
        features = new LinkedHashSet<>();
      } else {
        features.addAll(List.of(line.strip().split(" ")));
      }
    }
    add(head, features);
  }

  private void add(String head, Set<String> changes) {
    if (head.isEmpty()) {
      return;
    }
    List<String> words = List.of(head.split(" "));
    String vendor = "";
    List<NamedCpu.Signature> signatures = new ArrayList<>();
    Set<String> removed = new LinkedHashSet<>();
    Set<String> features = new LinkedHashSet<>();
    for (String word : words.subList(1, words.size())) {
      String value = word.substring(word.indexOf('=') + 1);
      if (word.startsWith("vendor=")) {
        vendor = value;
      } else if (word.startsWith("signature=")) {
        signatures.add(NamedCpu.Signature.parse(value));
      } else if (word.startsWith("removed=")) {
        removed.add(value);
      } else if (word.startsWith("like=")) {
        features.addAll(named(value).features());
      }
    }
    for (String change : changes) {
      if (change.startsWith("-")) {
        features.remove(change.substring(1));
      } else {
        features.add(change.substring(1));
      }
    }
    String name = words.get(0);
    models.put(
        name,
        new NamedCpu(name, vendor, signatures, removed, !words.contains("decode=host"), features));
  }

  private NamedCpu named(String name) {
    NamedCpu found = models.get(name);
    if (found == null) {
      throw new IllegalStateException("The table of CPU models has no " + name + " so far");
    }
    return found;
  }

  /** The models of x86. */
  public static CpuModels x86() {
    return X86;
  }

  /** The names of all models, those that QEMU 7.2 has no more among them. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>(models.keySet());
    names.addAll(WITHOUT_TABLE);
    return names;
  }

  /** Whether libvirt has a model of this name. */
  public boolean knows(String name) {
    return models.containsKey(name);
  }

  /** The vendor of a known model; empty for a generic one. */
  public String vendorOf(String name) {
    return named(name).vendor();
  }

  /** What QEMU's model of the name once had and a guest of it does not get; empty if unknown. */
  public Set<String> removedFrom(String name) {
    NamedCpu found = models.get(name);
    return found == null ? Set.of() : found.removed();
  }

  /** The features of a known model. */
  public Set<String> featuresOf(String name) {
    return named(name).features();
  }

  /**
   * Describes a CPU that guests are to get: a model that the emulator has, and the differences.
   *
   * @param blockers the models to choose from, each with the features that keep the emulator from
   *     giving it to a guest here
   */
  public Optional<CpuDescription> describeGuest(
      CpuFacts cpu, Map<String, ? extends Set<String>> blockers) {
    Choice choice = new Choice(cpu);
    for (NamedCpu model : newestFirst()) {
      Set<String> blocking = blockers.get(model.name());
      if (model.forGuests() && blocking != null) {
        choice.consider(model, blocking);
      }
    }
    return choice.best();
  }

  /** Describes a CPU by the richest model of which it lacks nothing. */
  public Optional<CpuDescription> describeHost(CpuFacts cpu) {
    Choice choice = new Choice(cpu);
    for (NamedCpu model : newestFirst()) {
      if (cpu.features().containsAll(model.features())) {
        choice.consider(model, Set.of());
      }
    }
    return choice.best();
  }

  private List<NamedCpu> newestFirst() {
    List<NamedCpu> newest = new ArrayList<>(models.values());
    Collections.reverse(newest);
    return newest;
  }

  /** The best so far: one of the CPU's own kind before others, then the shortest description. */
  private static final class Choice {
    private final CpuFacts cpu;
    private @Nullable NamedCpu model;
    private @Nullable CpuDescription description;

    Choice(CpuFacts cpu) {
      this.cpu = cpu;
    }

    void consider(NamedCpu candidate, Set<String> blocking) {
      if (!cpu.vendor().isEmpty()
          && !candidate.vendor().isEmpty()
          && !candidate.vendor().equals(cpu.vendor())) {
        return;
      }
      CpuDescription described = describe(candidate, blocking);
      if (better(candidate, described)) {
        model = candidate;
        description = described;
      }
    }

    private boolean better(NamedCpu candidate, CpuDescription described) {
      if (model == null || description == null) {
        return true;
      }
      boolean own = model.signedAs(cpu);
      if (candidate.signedAs(cpu) != own) {
        return !own;
      }
      return described.differences() < description.differences();
    }

    private CpuDescription describe(NamedCpu candidate, Set<String> blocking) {
      CpuFeatures features = CpuFeatures.x86();
      Set<String> more = new LinkedHashSet<>(cpu.features());
      more.removeAll(candidate.features());
      Set<String> less = new LinkedHashSet<>(candidate.features());
      less.addAll(blocking);
      less.removeAll(cpu.features());
      return new CpuDescription(
          candidate.name(), cpu.vendor(), features.ordered(more), features.ordered(less));
    }

    Optional<CpuDescription> best() {
      if (model == null || description == null) {
        return Optional.empty();
      }
      List<String> disable = new ArrayList<>(description.disable());
      model.removed().stream()
          .filter(name -> !cpu.features().contains(name) && !disable.contains(name))
          .forEach(disable::add);
      return Optional.of(
          new CpuDescription(
              description.model(), description.vendor(), description.require(), disable));
    }
  }
}
