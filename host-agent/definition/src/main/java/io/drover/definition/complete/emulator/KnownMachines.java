package io.drover.definition.complete.emulator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The machine types of QEMU 7.2 that definitions can ask for, for work that has no host. */
final class KnownMachines {
  private static final int FEW = 255;
  private static final int MANY = 288;
  private static final List<String> BEFORE_Q35 =
      List.of("1.4", "1.5", "1.6", "1.7", "2.0", "2.1", "2.2", "2.3");
  private static final List<String> Q35_WITH_FEW_CPUS = List.of("2.4", "2.5", "2.6", "2.7");
  private static final List<String> LATER =
      List.of(
          "2.8", "2.9", "2.10", "2.11", "2.12", "3.0", "3.1", "4.0", "4.1", "4.2", "5.0", "5.1",
          "5.2", "6.0", "6.1", "6.2", "7.0", "7.1", "7.2");

  private KnownMachines() {}

  /** How many virtual CPUs each takes, by canonical name. */
  static Map<String, Integer> limits() {
    Map<String, Integer> limits = new HashMap<>();
    for (List<String> versions : List.of(BEFORE_Q35, Q35_WITH_FEW_CPUS, LATER)) {
      versions.forEach(version -> limits.put("pc-i440fx-" + version, FEW));
    }
    Q35_WITH_FEW_CPUS.forEach(version -> limits.put("pc-q35-" + version, FEW));
    LATER.forEach(version -> limits.put("pc-q35-" + version, MANY));
    limits.put("pc-q35-4.0.1", MANY);
    return limits;
  }
}
