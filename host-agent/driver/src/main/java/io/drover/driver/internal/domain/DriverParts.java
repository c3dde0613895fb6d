package io.drover.driver.internal.domain;

import io.drover.driver.DriverLayout;
import io.drover.driver.DriverOptions;
import io.drover.driver.internal.define.DefinitionStore;
import io.drover.driver.internal.display.DisplayPorts;
import io.drover.driver.internal.display.PortTrial;
import io.drover.driver.internal.folder.FileOwnership;
import io.drover.driver.internal.folder.HostFileAccess;
import io.drover.driver.internal.isolation.GuestNetwork;
import io.drover.driver.internal.journal.Journal;
import io.drover.driver.internal.journal.JournalObserver;
import io.drover.driver.internal.plan.CapabilitySource;
import io.drover.driver.internal.plan.DefinitionCompleter;
import io.drover.driver.internal.plan.DefinitionPlanner;
import io.drover.driver.internal.plan.DiskPlanner;
import io.drover.driver.internal.process.HostProcesses;
import io.drover.driver.internal.process.ProcessIdentity;
import io.drover.driver.internal.process.QemuLauncher;
import io.drover.driver.internal.process.UserIds;
import io.drover.driver.internal.secret.DomainSecrets;
import io.drover.driver.internal.secret.SecretFolder;
import io.drover.driver.internal.settings.DisplaySettings;
import io.drover.driver.internal.task.Listeners;
import io.drover.driver.internal.tpm.EmulatedTpms;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/**
 * The parts of one started driver, wired.
 *
 * @param tpms of the list of resources; undefining needs them too
 * @param guestNetwork of the list of resources; QEMUs are started in it
 */
record DriverParts(
    DriverContext context,
    DomainRegistry registry,
    DomainStarter starter,
    DomainReattacher reattacher,
    DefinitionPlanner planner,
    DefinitionCompleter completer,
    DisplayPorts displayPorts,
    CapabilitySource capabilities,
    SecretFolder secrets,
    EmulatedTpms tpms,
    GuestNetwork guestNetwork) {

  /** Reads the root's settings; the caller has its lock. */
  static DriverParts of(
      DriverLayout layout, DriverOptions options, ExecutorService pool, JournalObserver observer) {
    Optional<UserIds> user = options.qemuUser().map(UserIds::of);
    String bootId = ProcessIdentity.bootId();
    HostProcesses processes = HostProcesses.ofHost(user, layout.state());
    QemuScan scan = new QemuScan(processes);
    DomainRegistry registry = new DomainRegistry(layout.state(), scan);
    SecretFolder secrets = new SecretFolder(layout.secrets(), options.random());
    DomainSecrets fetching = new DomainSecrets(secrets, options.secrets());
    DisplaySettings displays = DisplaySettings.read(layout.settings(), layout.pki());
    DisplayPorts displayPorts = new DisplayPorts(displays, new PortTrial());
    GuestNetwork guestNetwork = new GuestNetwork(layout.state(), layout.log(), options, pool);
    EmulatedTpms tpms =
        new EmulatedTpms(
            layout, options.qemuUser(), processes, fetching::fetch, guestNetwork::entry);
    FileOwnership ownership = new FileOwnership(user);
    CapabilitySource capabilities = new CapabilitySource(layout, options);
    DriverContext context =
        new DriverContext(
            options,
            new Journal(layout.state(), HostResources.KINDS, observer),
            HostResources.of(
                options, processes, guestNetwork, displayPorts, tpms, ownership, fetching),
            new DefinitionStore(layout.config(), observer),
            new DefinitionCompleter(capabilities),
            LiveHandlers.of(
                new DiskPlanner(layout, options, fetching, capabilities),
                new OwnedDiskFiles(ownership, new HostFileAccess(options.qemuUser()))),
            pool,
            new Listeners(pool),
            registry::remove);
    return new DriverParts(
        context,
        registry,
        new DomainStarter(context, new QemuLauncher(options.qemuUser()), guestNetwork, bootId),
        new DomainReattacher(context, bootId, scan),
        new DefinitionPlanner(
            layout, options, fetching, tpms, displays, displayPorts, capabilities),
        context.completer(),
        displayPorts,
        capabilities,
        secrets,
        tpms,
        guestNetwork);
  }
}
