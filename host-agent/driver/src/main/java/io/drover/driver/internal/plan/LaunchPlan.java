package io.drover.driver.internal.plan;

import io.drover.contracts.id.DomainId;
import io.drover.definition.taint.Taint;
import io.drover.driver.internal.folder.DomainFolder;
import io.drover.driver.internal.network.BridgePort;
import io.drover.driver.internal.qmp.QmpCommand;
import io.drover.driver.internal.sidecar.Sidecar;
import io.drover.driver.internal.storage.TransientOverlay;
import io.drover.driver.internal.tpm.TpmPlan;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that is decided before QEMU is started.
 *
 * @param argv the emulator and its arguments
 * @param environment of QEMU, all of it
 * @param definition libvirt domain XML as it is started, without an XML declaration
 * @param files that QEMU opens and its user must own
 * @param tpm that is emulated for it
 * @param companions the processes that it needs beside it
 * @param ports what its network cards are to be connected by
 * @param overlays what takes the changes of its transient disks
 * @param passwords of its displays
 * @param vcpus that are plugged in before the guest runs
 * @param threads where QEMU's threads run
 * @param settings what QEMU is told before the guest runs
 * @param taints what the driver cannot answer for
 */
public record LaunchPlan(
    DomainId id,
    String name,
    DomainFolder folder,
    Path log,
    List<String> argv,
    Map<String, String> environment,
    String accelerator,
    String definition,
    Optional<Path> consoleSocket,
    Optional<Path> consoleLog,
    List<Path> files,
    Optional<TpmPlan> tpm,
    List<Sidecar> companions,
    List<BridgePort> ports,
    List<TransientOverlay> overlays,
    List<DisplayPassword> passwords,
    PluggedVcpus vcpus,
    ThreadTuning threads,
    List<QmpCommand<QmpCommand.Done>> settings,
    Set<Taint> taints) {
  public LaunchPlan {
    argv = List.copyOf(argv);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    files = List.copyOf(files);
    companions = List.copyOf(companions);
    ports = List.copyOf(ports);
    overlays = List.copyOf(overlays);
    passwords = List.copyOf(passwords);
    settings = List.copyOf(settings);
    taints = Set.copyOf(taints);
  }
}
