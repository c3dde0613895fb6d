package io.drover.definition.complete.rule;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.cpu.CpuModel;
import io.drover.contracts.definition.device.Filesystem;
import io.drover.contracts.definition.memory.MemoryBacking;
import io.drover.contracts.definition.memory.NumaCell;
import io.drover.definition.complete.builder.DefinitionBuilder;
import io.drover.definition.complete.builder.Faults;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold for a directory that is shared with the guest. */
final class FilesystemRules {
  private FilesystemRules() {}

  static void check(Faults faults, DefinitionBuilder draft) {
    Set<String> targets = new HashSet<>();
    for (Filesystem filesystem : draft.all(Filesystem.class)) {
      if (filesystem.byDaemon() && !targets.add(filesystem.target())) {
        faults.fault(
            filesystem, "filesystem target '" + filesystem.target() + "' specified twice.");
      }
      boolean modes = filesystem.fileMode() != null || filesystem.directoryMode() != null;
      if (modes && !filesystem.accessMode().equals("mapped")) {
        faults.fault(filesystem, "fmode and dmode must be used with accessmode='mapped'.");
      }
      if (filesystem.byDaemon()) {
        virtiofs(faults, filesystem);
        if (!sharedMemory(draft.definition())) {
          faults.fault(
              filesystem,
              "virtiofs requires shared memory: <memoryBacking> with <access mode='shared'/>.");
        }
      } else {
        if (filesystem.info().bootOrder() != null) {
          faults.fault(filesystem, "A boot order is supported for virtiofs only.");
        }
        boolean handle = "handle".equals(filesystem.driver().type());
        if (handle && !filesystem.accessMode().equals("passthrough")) {
          faults.fault(filesystem, "The driver 'handle' has accessmode='passthrough' only.");
        }
      }
    }
  }

  private static void virtiofs(Faults faults, Filesystem filesystem) {
    if (!filesystem.accessMode().equals("passthrough")) {
      faults.fault(filesystem, "virtiofs only supports accessmode='passthrough'.");
    }
    if (filesystem.readonly()) {
      faults.fault(filesystem, "virtiofs does not yet support read-only mode.");
    }
    Map<String, Boolean> given =
        Map.of(
            "model", filesystem.model() != null,
            "multidevs", filesystem.multidevs() != null,
            "format", filesystem.driver().format() != null,
            "wrpolicy", filesystem.driver().writePolicy() != null);
    List.of("format", "wrpolicy", "model", "multidevs")
        .forEach(
            name -> {
              if (Boolean.TRUE.equals(given.get(name))) {
                faults.fault(filesystem, "virtiofs does not support " + name + ".");
              }
            });
  }

  /** Whether another process can have all of the guest's memory. */
  static boolean sharedMemory(DomainDefinition definition) {
    MemoryBacking backing = definition.memory().backing();
    boolean shared = backing != null && "shared".equals(backing.access());
    CpuModel cpu = definition.cpu();
    List<NumaCell> cells = cpu == null ? List.of() : cpu.numa();
    return cells.isEmpty()
        ? shared
        : cells.stream()
            .allMatch(cell -> cell.access() == null ? shared : cell.access().equals("shared"));
  }
}
