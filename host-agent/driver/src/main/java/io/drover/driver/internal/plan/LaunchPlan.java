package io.drover.driver.internal.plan;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.id.DomainId;
import io.drover.definition.taint.Taint;
import io.drover.driver.internal.folder.DomainFolder;
import io.drover.driver.internal.folder.QemuFiles;
import io.drover.driver.internal.isolation.GuestNetworkPlan;
import io.drover.driver.internal.process.ConsoleLogFiles;
import io.drover.driver.internal.qmp.QmpCommand;
import io.drover.driver.internal.resource.ResourcePlan;
import io.drover.driver.internal.resource.ResourcePlans;
import io.drover.driver.internal.tpm.TpmPlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that is decided before QEMU is started.
 *
 * @param definition as it is started, without secrets
 * @param resources what it needs on the host beside QEMU
 * @param beforeBoot what is done with QEMU before the guest runs
 * @param taints what the driver cannot answer for
 */
public record LaunchPlan(
    DomainId id,
    DomainDefinition definition,
    QemuFiles files,
    QemuCommand command,
    ResourcePlans resources,
    BeforeBoot beforeBoot,
    Set<Taint> taints) {
  public LaunchPlan {
    taints = Set.copyOf(taints);
  }

  /**
   * How QEMU is started.
   *
   * @param argv the emulator and its arguments
   * @param environment of QEMU, all of it
   * @param accelerator {@code kvm} or {@code tcg}
   * @param console what the log of its console goes to
   */
  public record QemuCommand(
      List<String> argv,
      Map<String, String> environment,
      String accelerator,
      Optional<ConsoleLogFiles> console) {
    /** One whose console has no log. */
    public QemuCommand(List<String> argv, Map<String, String> environment, String accelerator) {
      this(argv, environment, accelerator, Optional.empty());
    }

    public QemuCommand {
      argv = List.copyOf(argv);
      environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }
  }

  /**
   * What is done with QEMU before the guest runs.
   *
   * @param passwords of its displays
   * @param vcpus that are plugged in
   * @param threads where QEMU's threads run
   * @param settings sent over QMP
   */
  public record BeforeBoot(
      List<DisplayPassword> passwords,
      PluggedVcpus vcpus,
      ThreadTuning threads,
      List<QmpCommand<QmpCommand.EmptyReply>> settings) {
    /** Nothing. */
    public static final BeforeBoot NONE =
        new BeforeBoot(List.of(), PluggedVcpus.NONE, ThreadTuning.NONE, List.of());

    public BeforeBoot {
      passwords = List.copyOf(passwords);
      settings = List.copyOf(settings);
    }
  }

  public String name() {
    return definition.name();
  }

  public DomainFolder folder() {
    return new DomainFolder(files.folder());
  }

  public LaunchPlan withCommand(QemuCommand other) {
    return new LaunchPlan(id, definition, files, other, resources, beforeBoot, taints);
  }

  /** The same in the isolated network, with its TPM, which reads what the guest sends it. */
  public LaunchPlan isolated(GuestNetworkPlan network) {
    List<ResourcePlan> plans = new ArrayList<>(List.of(network));
    for (ResourcePlan each : resources.all()) {
      plans.add(each instanceof TpmPlan tpm ? tpm.isolatedFromHost() : each);
    }
    return new LaunchPlan(
        id, definition, files, command, new ResourcePlans(plans), beforeBoot, taints);
  }

  public LaunchPlan withBeforeBoot(BeforeBoot other) {
    return new LaunchPlan(id, definition, files, command, resources, other, taints);
  }
}
