package io.drover.driver.internal.plan;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.character.CharacterSource;
import io.drover.contracts.definition.device.CharacterDevice;
import io.drover.contracts.definition.device.Graphics;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.DomainId;
import io.drover.definition.argv.DeviceTypes;
import io.drover.definition.argv.QemuArgv;
import io.drover.definition.argv.QemuEnvironment;
import io.drover.definition.argv.host.HostBindings;
import io.drover.definition.argv.host.HostLayout;
import io.drover.definition.argv.host.MemoryFolders;
import io.drover.definition.argv.host.SecretMaterial;
import io.drover.definition.complete.PostParse;
import io.drover.definition.taint.TaintRules;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverOptions;
import io.drover.driver.StepListener;
import io.drover.driver.internal.display.DisplayPortPlan;
import io.drover.driver.internal.display.DisplayPorts;
import io.drover.driver.internal.folder.DomainFolder;
import io.drover.driver.internal.folder.FolderPlan;
import io.drover.driver.internal.folder.HostFileAccess;
import io.drover.driver.internal.folder.OwnershipPlan;
import io.drover.driver.internal.folder.QemuFiles;
import io.drover.driver.internal.network.BridgePort;
import io.drover.driver.internal.network.BridgePortPlan;
import io.drover.driver.internal.operation.disk.NodeIndexes;
import io.drover.driver.internal.process.ConsoleLogFiles;
import io.drover.driver.internal.process.UserIds;
import io.drover.driver.internal.qmp.QmpCommand;
import io.drover.driver.internal.resource.ResourcePlan;
import io.drover.driver.internal.resource.ResourcePlans;
import io.drover.driver.internal.secret.DomainSecrets;
import io.drover.driver.internal.secret.MasterKey;
import io.drover.driver.internal.settings.DisplaySettings;
import io.drover.driver.internal.sidecar.BackendDescriptors;
import io.drover.driver.internal.sidecar.DriverUserSidecarsPlan;
import io.drover.driver.internal.sidecar.QemuUserSidecarsPlan;
import io.drover.driver.internal.sidecar.Sidecar;
import io.drover.driver.internal.sidecar.SidecarPlan;
import io.drover.driver.internal.storage.ImageChains;
import io.drover.driver.internal.storage.OverlayPlan;
import io.drover.driver.internal.storage.TransientOverlay;
import io.drover.driver.internal.task.StepTimer;
import io.drover.driver.internal.tpm.EmulatedTpms;
import io.drover.driver.internal.tpm.TpmPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** From a definition to a plan: keys, accelerator, completion, command line. */
public final class DefinitionPlanner {
  private static final int FIRST_VNC_PORT = 5900;
  private final DriverLayout layout;
  private final DriverOptions options;
  private final DomainSecrets secrets;
  private final EmulatedTpms tpms;
  private final DisplaySettings displays;
  private final DisplayPorts displayPorts;
  private final CapabilitySource capabilities;
  private final HostFileAccess access;
  private final ImageChains chains;

  public DefinitionPlanner(
      DriverLayout layout,
      DriverOptions options,
      DomainSecrets secrets,
      EmulatedTpms tpms,
      DisplaySettings displays,
      DisplayPorts displayPorts,
      CapabilitySource capabilities) {
    this.layout = layout;
    this.options = options;
    this.secrets = secrets;
    this.tpms = tpms;
    this.displays = displays;
    this.displayPorts = displayPorts;
    this.capabilities = capabilities;
    this.access = new HostFileAccess(options.qemuUser());
    this.chains = new ImageChains(access);
  }

  /** Plans the start of this definition in this folder; writes the master key's file. */
  public LaunchPlan plan(
      DomainDefinition given, DomainId id, DomainFolder folder, StepTimer steps) {
    DomainDefinition definition =
        chains.whole(
            MissingMedia.leaveOut(
                new PoolVolumes(options.volumes()).resolve(given), Files::exists));
    try (MasterKey master = new MasterKey(options.random())) {
      SecretMaterial keys =
          steps.run(
              StepListener.Step.FETCH_KEYS,
              () -> secrets.seal(definition, displays.secretOf(definition).orElse(null), master));
      return steps.run(
          StepListener.Step.BUILD_ARGV, () -> build(definition, id, folder, master, keys));
    }
  }

  private LaunchPlan build(
      DomainDefinition definition,
      DomainId id,
      DomainFolder folder,
      MasterKey master,
      SecretMaterial keys) {
    EmulatorChoice choice = EmulatorChoice.of(definition, capabilities.offering(definition));
    DomainDefinition completed =
        PostParse.complete(definition.withType(choice.domainType()), choice.facts());
    Sockets sockets = new Sockets(folder, layout.log(), id + "-");
    DomainDefinition found = PluggedUsb.ofHost().find(sockets.place(completed));
    DomainDefinition placed = displayPorts.assign(id, displays.complete(found));
    writeMasterKey(master, folder);
    Optional<TpmPlan> tpm = TpmPlan.of(placed, id, tpms.filesOf(id, folder.path()));
    List<Path> launchFiles = LaunchFiles.write(placed, folder);
    List<Sidecar> companions =
        new SidecarPlan(
                BackendDescriptors.ofHost(), UserIds.effective().uid() == 0, options.qemuUser())
            .of(placed, folder.path(), layout.log().resolve(id + "-").toString());
    List<BridgePort> ports = BridgePort.of(placed, id);
    List<TransientOverlay> overlays = TransientOverlay.of(placed);
    DomainDefinition running = TransientOverlay.inUse(placed, overlays);
    Map<String, Path> scsi = AdapterScsi.ofHost().find(placed);
    HostLayout host =
        host(id, folder, ports, bindings(tpm, companions, scsi), choice.machineAcpi());
    List<String> argv = QemuArgv.build(TransientOverlay.asQemuSeesIt(running), host, keys);
    DeviceTypes.check(argv, choice.facts().offer().types(), placed.qemu().arguments());
    Optional<CharacterDevice> console = Sockets.console(placed);
    Optional<ConsoleLogFiles> consoleLog = console.flatMap(sockets::logOf);
    consoleLog.ifPresent(this::makeLog);
    List<Path> logs = logsOf(placed, companions);
    logs.forEach(DomainFolder::privateFile);
    List<Path> opened = filesOf(placed, folder, logs, launchFiles, scsi.values());
    consoleLog.map(ConsoleLogFiles::all).ifPresent(opened::addAll);
    opened.addAll(named(placed, id, folder));
    return new LaunchPlan(
        id,
        NodeIndexes.atStart(DisplayPassword.hidden(running)),
        files(id, folder, console, consoleLog),
        new LaunchPlan.QemuCommand(
            argv, environment(placed, folder), choice.accelerator(), consoleLog),
        resources(
            folder,
            new DisplayPortPlan(id, placed),
            tpm,
            companions,
            opened,
            new BridgePortPlan(ports),
            new OverlayPlan(overlays)),
        new LaunchPlan.BeforeBoot(
            DisplayPassword.of(placed),
            PluggedVcpus.of(placed),
            ThreadTuning.of(placed),
            settings(placed)),
        TaintRules.of(placed, asRoot(), TaintRules.DEPRECATED));
  }

  private HostLayout host(
      DomainId id,
      DomainFolder folder,
      List<BridgePort> ports,
      HostBindings bindings,
      boolean machineAcpi) {
    return new HostLayout(
        folder.monitor().toString(),
        folder.masterKey().toString(),
        folder.path().toString(),
        layout.nvram(id).toString(),
        folder.path().resolve("vnc").toString(),
        FIRST_VNC_PORT,
        ports.stream().collect(Collectors.toMap(BridgePort::alias, BridgePort::tap)),
        memory(folder),
        bindings,
        machineAcpi,
        options.clock().instant());
  }

  /** It is written by a process of QEMU's user. */
  private void makeLog(ConsoleLogFiles files) {
    files.make();
    DomainFolder.privateFile(files.log());
    DomainFolder.privateFile(files.older());
    access.require("The log of the console", files.log());
  }

  private QemuFiles files(
      DomainId id,
      DomainFolder folder,
      Optional<CharacterDevice> console,
      Optional<ConsoleLogFiles> consoleLog) {
    return new QemuFiles(
        folder.path(),
        folder.monitor(),
        layout.log().resolve(id + ".log"),
        console.flatMap(DefinitionPlanner::socketOf),
        consoleLog
            .map(ConsoleLogFiles::log)
            .or(() -> console.map(CharacterDevice::log).map(log -> Path.of(log.file()))));
  }

  /** Only those that there is something of: each one costs a line of the journal. */
  private static ResourcePlans resources(
      DomainFolder folder,
      DisplayPortPlan displays,
      Optional<TpmPlan> tpm,
      List<Sidecar> sidecars,
      List<Path> opened,
      BridgePortPlan bridgePorts,
      OverlayPlan overlays) {
    List<ResourcePlan> plans = new ArrayList<>(List.of(new FolderPlan(folder)));
    Map<Boolean, List<Sidecar>> byQemuUser =
        sidecars.stream().collect(Collectors.partitioningBy(each -> each.user().isPresent()));
    List<Sidecar> ofDriver = byQemuUser.getOrDefault(false, List.of());
    List<Sidecar> ofQemu = byQemuUser.getOrDefault(true, List.of());
    add(plans, !displays.assigned().devices(Graphics.class).isEmpty(), displays);
    tpm.ifPresent(plans::add);
    add(plans, !ofDriver.isEmpty(), new DriverUserSidecarsPlan(ofDriver));
    plans.add(new OwnershipPlan(opened));
    add(plans, !ofQemu.isEmpty(), new QemuUserSidecarsPlan(ofQemu));
    add(plans, !bridgePorts.ports().isEmpty(), bridgePorts);
    add(plans, !overlays.overlays().isEmpty(), overlays);
    return new ResourcePlans(plans);
  }

  private static void add(List<ResourcePlan> plans, boolean needed, ResourcePlan plan) {
    if (needed) {
      plans.add(plan);
    }
  }

  private static List<QmpCommand<QmpCommand.EmptyReply>> settings(DomainDefinition placed) {
    List<QmpCommand<QmpCommand.EmptyReply>> settings = new ArrayList<>(DiskLimits.of(placed));
    settings.addAll(LinkStates.of(placed));
    settings.addAll(RebootAction.of(placed));
    return settings;
  }

  private boolean asRoot() {
    return options.qemuUser().isEmpty() && UserIds.effective().uid() == 0;
  }

  /** Files that are a guest's memory lie in its own folder and go with it. */
  private static MemoryFolders memory(DomainFolder folder) {
    HugePageMounts mounts = HugePageMounts.ofHost();
    return new MemoryFolders(folder.path().toString(), mounts.byKib(), mounts.defaultKib());
  }

  /** The definition's own variables win. */
  private Map<String, String> environment(DomainDefinition placed, DomainFolder folder) {
    Map<String, String> variables =
        new LinkedHashMap<>(QemuEnvironment.of(placed, folder.path().toString()));
    displays.environmentOf(placed).forEach(variables::putIfAbsent);
    return variables;
  }

  private HostBindings bindings(
      Optional<TpmPlan> tpm, List<Sidecar> companions, Map<String, Path> scsi) {
    Map<String, String> found = new HashMap<>();
    companions.forEach(each -> found.put(each.alias(), each.socket().toString()));
    scsi.forEach((alias, file) -> found.put(alias, file.toString()));
    tpm.ifPresent(plan -> found.put(plan.alias(), plan.files().socket().toString()));
    return HostBindings.of(found, displays.security());
  }

  private static void writeMasterKey(MasterKey master, DomainFolder folder) {
    try {
      master.writeTo(folder.masterKey());
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED,
          "The master key cannot be written in " + folder.path() + "; check space and rights.",
          e);
    }
  }

  private static Optional<Path> socketOf(CharacterDevice device) {
    return device.source() instanceof CharacterSource.Unix unix && unix.path() != null
        ? Optional.of(Path.of(unix.path()))
        : Optional.empty();
  }

  /** The logs that the driver itself has named, and those of the processes beside QEMU. */
  private List<Path> logsOf(DomainDefinition placed, List<Sidecar> companions) {
    Stream<Path> ofConsoles =
        placed.devices(CharacterDevice.class).stream()
            .map(CharacterDevice::log)
            .flatMap(Stream::ofNullable)
            .map(log -> Path.of(log.file()))
            .filter(file -> file.startsWith(layout.log()));
    return Stream.concat(ofConsoles, companions.stream().flatMap(each -> each.ownLog().stream()))
        .distinct()
        .toList();
  }

  private static List<Path> filesOf(
      DomainDefinition placed,
      DomainFolder folder,
      List<Path> logs,
      List<Path> launchFiles,
      Collection<Path> scsi) {
    List<Path> files = new ArrayList<>(List.of(folder.path(), folder.masterKey()));
    files.addAll(launchFiles);
    files.addAll(logs);
    files.addAll(PluggedUsb.filesOf(placed));
    files.addAll(scsi);
    return files;
  }

  private List<Path> named(DomainDefinition placed, DomainId id, DomainFolder folder) {
    FirmwareVariables variables = new FirmwareVariables(access, layout);
    return DomainFiles.toGive(access, placed, id, variables, folder.path());
  }
}
