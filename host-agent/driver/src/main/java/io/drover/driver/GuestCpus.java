package io.drover.driver;

import io.drover.definition.cpu.CpuDescription;
import io.drover.definition.cpu.CpuFacts;
import io.drover.definition.cpu.CpuFeatures;
import io.drover.definition.cpu.CpuModels;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The CPUs that an emulator gives to guests with one accelerator, on this host.
 *
 * @param models in the emulator's own order
 * @param richest what a guest gets at most; empty when the emulator does not tell
 * @param migratable the features of the richest that a guest can move to another host with
 * @param hyperv the enlightenments for Windows guests, by libvirt's names
 */
public record GuestCpus(
    List<Model> models, Optional<CpuFacts> richest, Set<String> migratable, List<String> hyperv) {
  public GuestCpus {
    hyperv = List.copyOf(hyperv);
    models = List.copyOf(models);
    migratable = Collections.unmodifiableSortedSet(new TreeSet<>(migratable));
  }

  /**
   * A model that {@code -cpu} takes.
   *
   * @param type its QOM type
   * @param usable whether a guest gets all that the model promises; empty when QEMU does not tell
   * @param blockers the features that it would not get, by QEMU's names
   * @param deprecated whether QEMU is going to drop it
   */
  public record Model(
      String name,
      String type,
      Optional<Boolean> usable,
      List<String> blockers,
      boolean deprecated) {
    public Model {
      blockers = List.copyOf(blockers);
    }
  }

  /** The model of this name. */
  public Optional<Model> model(String name) {
    return models.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /**
   * What {@code host-model} stands for: a named model and the differences that make it the richest
   * CPU. Empty when the emulator does not tell, or for other processors than x86.
   *
   * @param migratableOnly leaves out what keeps a guest from moving
   */
  public Optional<CpuDescription> hostModel(boolean migratableOnly) {
    return richest.flatMap(
        cpu -> CpuModels.x86().describeGuest(migratableOnly ? movable(cpu) : cpu, blockers()));
  }

  private CpuFacts movable(CpuFacts cpu) {
    Set<String> features = new TreeSet<>(cpu.features());
    features.retainAll(migratable);
    return new CpuFacts(cpu.vendor(), cpu.family(), cpu.model(), cpu.stepping(), features);
  }

  /** The features that a guest would not get, by libvirt's names, for every model. */
  public Map<String, Set<String>> blockers() {
    Map<String, Set<String>> blockers = new LinkedHashMap<>();
    for (Model model : models) {
      Set<String> names = new TreeSet<>();
      model.blockers().forEach(name -> names.add(CpuFeatures.x86().fromQemu(name)));
      blockers.put(model.name(), names);
    }
    return blockers;
  }
}
