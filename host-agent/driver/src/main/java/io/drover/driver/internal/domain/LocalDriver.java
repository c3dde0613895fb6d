package io.drover.driver.internal.domain;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.IdSource;
import io.drover.driver.CapabilityQuery;
import io.drover.driver.Domain;
import io.drover.driver.DomainCapabilities;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverListener;
import io.drover.driver.DriverOptions;
import io.drover.driver.HostCapabilities;
import io.drover.driver.QemuDriver;
import io.drover.driver.Secrets;
import io.drover.driver.StartOptions;
import io.drover.driver.UndefineFlag;
import io.drover.driver.UnknownQemu;
import io.drover.driver.internal.folder.DirectoryTree;
import io.drover.driver.internal.folder.DomainFolder;
import io.drover.driver.internal.folder.RootLock;
import io.drover.driver.internal.journal.Journal;
import io.drover.driver.internal.journal.Journal.Found;
import io.drover.driver.internal.journal.JournalEntry;
import io.drover.driver.internal.network.BridgePorts;
import io.drover.driver.internal.plan.CapabilitySource;
import io.drover.driver.internal.plan.DefinitionPlanner;
import io.drover.driver.internal.plan.DiskPlanner;
import io.drover.driver.internal.plan.DisplayPorts;
import io.drover.driver.internal.plan.LaunchPlan;
import io.drover.driver.internal.plan.PortTrial;
import io.drover.driver.internal.process.HostProcesses;
import io.drover.driver.internal.process.ProcessIdentity;
import io.drover.driver.internal.process.QemuLauncher;
import io.drover.driver.internal.process.UserIds;
import io.drover.driver.internal.secret.DomainSecrets;
import io.drover.driver.internal.secret.SecretFolder;
import io.drover.driver.internal.settings.DisplaySettings;
import io.drover.driver.internal.sidecar.Sidecars;
import io.drover.driver.internal.storage.TransientOverlays;
import io.drover.driver.internal.task.Listeners;
import io.drover.driver.internal.task.StepTimer;
import io.drover.driver.internal.tpm.EmulatedTpms;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The driver of one root, in this process. */
public final class LocalDriver implements QemuDriver {
  private static final Logger LOG = LoggerFactory.getLogger(LocalDriver.class);

  private static final long CLOSE_SECONDS = 5;

  private final DriverLayout layout;
  private final DriverOptions options;
  private final RootLock lock;
  private final ExecutorService pool;
  private final DriverContext context;
  private final DomainStarter starter;
  private final DomainRegistry registry;
  private final DomainReattacher reattacher;
  private final CapabilitySource capabilities;
  private final SecretFolder secrets;
  private final DomainSecrets fetching;
  private final DisplaySettings displays;
  private final DisplayPorts displayPorts;

  private LocalDriver(DriverLayout layout, DriverOptions options, RootLock lock) {
    this.layout = layout;
    this.options = options;
    this.lock = lock;
    this.pool = Executors.newCachedThreadPool(new DomainThreads());
    Optional<UserIds> user = options.qemuUser().map(UserIds::of);
    this.secrets = new SecretFolder(layout.secrets(), options.random());
    this.displays = DisplaySettings.read(layout.settings(), layout.pki());
    this.displayPorts = new DisplayPorts(displays, new PortTrial());
    this.fetching = new DomainSecrets(secrets, options.secrets());
    String bootId = ProcessIdentity.bootId();
    HostProcesses processes = HostProcesses.ofHost(user, layout.state());
    QemuScan scan = new QemuScan(processes);
    this.registry = new DomainRegistry(layout.state(), scan);
    this.capabilities = new CapabilitySource(layout, options);
    FileOwnership ownership = new FileOwnership(user);
    this.context =
        new DriverContext(
            options,
            new Journal(layout.state()),
            ownership,
            new EmulatedTpms(layout, options.qemuUser(), processes, fetching::fetch),
            new Sidecars(options.nanoTicker(), processes),
            new BridgePorts(options.qemuUser()),
            new TransientOverlays(options.startDeadline(), options.qemuUser(), fetching::ofImage),
            LiveHandlers.of(new DiskPlanner(layout, options, fetching, capabilities), ownership),
            pool,
            new Listeners(pool),
            this::forget);
    this.starter = new DomainStarter(context, new QemuLauncher(options.qemuUser()), bootId);
    this.reattacher = new DomainReattacher(context, bootId, scan);
  }

  /** Begins to probe the host, and finds the root's domains again. */
  private void start() {
    capabilities.start(pool);
    pool.execute(new NativeWarmUp(layout.state())::run);
    findAgain();
  }

  /** Takes the root, finds its domains again and returns when each was found or given up. */
  public static LocalDriver open(DriverLayout layout, DriverOptions options) {
    boolean passable = options.qemuUser().isPresent();
    DirectoryTree.make(layout, passable);
    RootLock lock = RootLock.take(layout.state());
    try {
      // Whoever had the lock before may have purged the root.
      DirectoryTree.make(layout, passable);
      if (passable) {
        DirectoryTree.letPass(layout);
      }
      LocalDriver driver = new LocalDriver(layout, options, lock);
      driver.start();
      return driver;
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private void forget(LocalDomain domain) {
    displayPorts.release(domain.id()); // first: then the next start of the domain may pick anew
    registry.leave(domain);
  }

  private static final class DomainThreads implements ThreadFactory {
    private final AtomicLong count = new AtomicLong();

    @Override
    public Thread newThread(Runnable task) {
      Thread thread = new Thread(task, "drover-driver-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    }
  }

  private void findAgain() {
    List<CompletableFuture<Void>> searches = new ArrayList<>();
    for (Found found : context.journal().read()) {
      if (found instanceof Found.Entry known) {
        searches.add(CompletableFuture.runAsync(() -> find(known.entry()), pool));
      } else if (found instanceof Found.Unreadable broken) {
        LOG.error("The status {} cannot be read: {}", broken.file(), broken.why());
      }
    }
    CompletableFuture.allOf(searches.toArray(CompletableFuture[]::new)).join();
    registry.meetStrangers();
  }

  private void find(JournalEntry entry) {
    try {
      if (entry.definition().contains("<graphics")) {
        displayPorts.keep(entry.id(), DomainXml.read(entry.definition()));
      }
    } catch (ProblemException e) {
      LOG.error("The ports of the displays of domain {} are not known", entry.id(), e);
    }
    try {
      reattacher.find(entry, registry::enter);
    } catch (RuntimeException e) {
      LOG.error("Domain {} cannot be taken over", entry.id(), e);
    }
  }

  /**
   * Starts what the planner decides.
   *
   * @param planner gets a fresh folder for the domain's sockets; runs on this thread
   */
  LocalDomain start(
      DomainId id, StartOptions startOptions, Function<DomainFolder, LaunchPlan> planner) {
    return start(id, startOptions, new StepTimer(startOptions.steps(), options), planner);
  }

  private LocalDomain start(
      DomainId id,
      StartOptions startOptions,
      StepTimer steps,
      Function<DomainFolder, LaunchPlan> planner) {
    registry.reserve(id);
    try {
      DomainFolder folder =
          DomainFolder.create(layout.state(), id, path -> !registry.takeFolder(id, path));
      LaunchPlan plan;
      try {
        plan = planner.apply(folder);
      } catch (RuntimeException e) {
        folder.remove();
        throw e;
      }
      return starter.launch(plan, startOptions, steps, registry::enter);
    } finally {
      if (registry.find(id).isEmpty()) {
        displayPorts.release(id);
      }
      registry.free(id);
    }
  }

  @Override
  public Domain start(DomainDefinition definition, StartOptions startOptions) {
    UUID uuid = definition.uuid() == null ? IdSource.random().next() : definition.uuid();
    DomainId id = new DomainId(uuid);
    StepTimer steps = new StepTimer(startOptions.steps(), options);
    DefinitionPlanner planner =
        new DefinitionPlanner(
            layout, options, fetching, context.tpms(), displays, displayPorts, capabilities);
    return start(
        id,
        startOptions,
        steps,
        folder -> planner.plan(definition.withUuid(uuid), id, folder, steps));
  }

  @Override
  public DriverLayout layout() {
    return layout;
  }

  @Override
  public Secrets secrets() {
    return secrets;
  }

  @Override
  public HostCapabilities capabilities() {
    return capabilities.host();
  }

  @Override
  public DomainCapabilities domainCapabilities(CapabilityQuery query) {
    return capabilities.domain(query);
  }

  @Override
  public List<Domain> domains() {
    return List.copyOf(registry.domains());
  }

  @Override
  public Optional<Domain> find(DomainId id) {
    return registry.find(id).map(Domain.class::cast);
  }

  @Override
  public void undefine(DomainId id, Set<UndefineFlag> flags) {
    registry.reserve(id);
    try {
      new StateRemover(layout, context.tpms()).undefine(id, flags);
    } finally {
      registry.free(id);
    }
  }

  @Override
  public List<UnknownQemu> unknownQemus() {
    return registry.unknownQemus();
  }

  @Override
  public Subscription listen(DriverListener listener) {
    return context.listeners().add(listener)::run;
  }

  @Override
  public void close() {
    registry.close();
    release();
    lock.close();
  }

  private void release() {
    pool.shutdownNow();
    registry.domains().forEach(LocalDomain::release);
    try {
      if (!pool.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("A listener or a probe goes on after the driver was closed");
      }
    } catch (InterruptedException e) {
      // As when a listener closes the driver: its own thread is one of those that end.
      Thread.currentThread().interrupt();
    }
    registry.clear();
  }

  @Override
  public void purge() {
    Path root =
        layout
            .root()
            .orElseThrow(
                () ->
                    new ProblemException(
                        ErrorCode.INVALID_STATE,
                        "Only an embedded driver's root is purged; the folders of system and"
                            + " session are the host's."));
    registry.closeForPurge(root);
    release();
    try {
      DirectoryTree.remove(layout, root);
    } finally {
      lock.close();
    }
  }
}
