package io.drover.driver.internal.domain;

import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.id.DomainId;
import io.drover.driver.internal.folder.DomainFolder;
import io.drover.driver.internal.folder.FolderPlan;
import io.drover.driver.internal.folder.QemuFiles;
import io.drover.driver.internal.plan.LaunchPlan;
import io.drover.driver.internal.resource.ResourcePlans;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Plans of a guest that has a firmware and nothing to boot: it runs until it is ended. */
final class BareGuest {
  private static final String XML =
      """
      <domain type='qemu'>
        <name>bare</name>
        <uuid>%s</uuid>
        <memory unit='MiB'>16</memory>
        <os><type arch='x86_64' machine='pc'>hvm</type></os>
      </domain>
      """;

  private BareGuest() {}

  static DomainId newId() {
    return new DomainId(UUID.randomUUID());
  }

  static Function<DomainFolder, LaunchPlan> plan(DomainId id, Path logFolder, String... more) {
    return folder -> {
      List<String> argv =
          new ArrayList<>(
              List.of(
                  "/usr/bin/qemu-system-x86_64",
                  "-name",
                  "guest=bare",
                  "-S",
                  "-uuid",
                  id.toString(),
                  "-no-user-config",
                  "-nodefaults",
                  "-display",
                  "none",
                  "-machine",
                  "pc,accel=tcg",
                  "-m",
                  "16",
                  "-chardev",
                  "socket,id=charmonitor,server=on,wait=off,path=" + folder.monitor(),
                  "-mon",
                  "chardev=charmonitor,id=monitor,mode=control"));
      argv.addAll(List.of(more));
      return new LaunchPlan(
          id,
          DomainXml.read(XML.formatted(id)),
          new QemuFiles(
              folder.path(),
              folder.monitor(),
              logFolder.resolve(id + ".log"),
              Optional.empty(),
              Optional.empty()),
          new LaunchPlan.QemuCommand(argv, Map.of(), "tcg"),
          ResourcePlans.of(new FolderPlan(folder)),
          LaunchPlan.BeforeBoot.NONE,
          Set.of());
    };
  }
}
