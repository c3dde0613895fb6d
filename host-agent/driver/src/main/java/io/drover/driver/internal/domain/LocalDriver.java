package io.drover.driver.internal.domain;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.IdSource;
import io.drover.driver.CapabilityQuery;
import io.drover.driver.Domain;
import io.drover.driver.DomainCapabilities;
import io.drover.driver.DomainFilter;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverListener;
import io.drover.driver.DriverOptions;
import io.drover.driver.HostCapabilities;
import io.drover.driver.QemuDriver;
import io.drover.driver.Secrets;
import io.drover.driver.StartOptions;
import io.drover.driver.UndefineFlag;
import io.drover.driver.UnknownQemu;
import io.drover.driver.internal.define.AutostartMark;
import io.drover.driver.internal.folder.DirectoryTree;
import io.drover.driver.internal.folder.DomainFolder;
import io.drover.driver.internal.folder.RootLock;
import io.drover.driver.internal.isolation.GuestNetworkPlan;
import io.drover.driver.internal.journal.JournalObserver;
import io.drover.driver.internal.plan.DefinitionPlanner;
import io.drover.driver.internal.plan.LaunchPlan;
import io.drover.driver.internal.process.ProcessIdentity;
import io.drover.driver.internal.process.QemuUserRule;
import io.drover.driver.internal.process.UserIds;
import io.drover.driver.internal.task.StepTimer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The driver of one root, in this process. Constructed first, then started. */
public final class LocalDriver implements QemuDriver {
  private static final Logger LOG = LoggerFactory.getLogger(LocalDriver.class);

  private static final long CLOSE_SECONDS = 5;

  private final DriverLayout layout;
  private final DriverOptions options;
  private final JournalObserver observer;

  /** Starts no thread before it has a task. */
  private final ExecutorService pool = Executors.newCachedThreadPool(new DomainThreads());

  private volatile @Nullable RootLock lock;
  private volatile @Nullable DriverParts parts;
  private volatile @Nullable DomainCatalog catalog;

  /** Touches neither the host nor a file; {@link #start} does. */
  public LocalDriver(DriverLayout layout, DriverOptions options) {
    this(layout, options, JournalObserver.none());
  }

  LocalDriver(DriverLayout layout, DriverOptions options, JournalObserver observer) {
    this.layout = layout;
    this.options = options;
    this.observer = observer;
  }

  /** Takes the root, finds its domains again and returns when each was found or given up. */
  public static LocalDriver open(DriverLayout layout, DriverOptions options) {
    return new LocalDriver(layout, options).start();
  }

  /**
   * Takes the root, begins to probe the host, and finds the root's domains again. Once only.
   *
   * @throws ProblemException {@code IN_USE} when another driver has the root, {@code
   *     INVALID_REQUEST} when QEMU would run as root without the option for it
   */
  LocalDriver start() {
    QemuUserRule.check(
        UserIds.effective().uid(), options.qemuUser().map(UserIds::of), options.qemuAsRoot());
    boolean passable = options.qemuUser().isPresent();
    DirectoryTree.make(layout, passable);
    RootLock taken = RootLock.take(layout.state());
    lock = taken;
    try {
      // Whoever had the lock before may have purged the root.
      DirectoryTree.make(layout, passable);
      if (passable) {
        DirectoryTree.letPass(layout);
      }
      DriverParts wired = DriverParts.of(layout, options, pool, observer);
      wired.context().definitions().load();
      AutostartMark mark = new AutostartMark(layout.state(), ProcessIdentity.bootId());
      parts = wired;
      catalog = new DomainCatalog(wired, new StateRemover(layout, wired.tpms()), mark);
      wired.capabilities().start(pool);
      pool.execute(new NativeWarmUp(layout.state())::run);
      new RootOpening(wired, layout.state()).run();
      startDue(wired, mark);
      return this;
    } catch (RuntimeException e) {
      taken.close();
      throw e;
    }
  }

  /** In the background: a start waits for the probe of the host. */
  private void startDue(DriverParts wired, AutostartMark mark) {
    Autostart autostart =
        new Autostart(
            wired.context().definitions(),
            wired.registry(),
            mark,
            id -> start(id, StartOptions.plain()));
    List<DomainId> due = autostart.due();
    if (!due.isEmpty()) {
      pool.execute(() -> autostart.run(due));
    }
  }

  private DomainCatalog catalog() {
    DomainCatalog known = catalog;
    if (known == null) {
      throw new ProblemException(
          ErrorCode.INVALID_STATE, "This driver was not started yet; call start() first.");
    }
    return known;
  }

  private DriverParts parts() {
    DriverParts wired = parts;
    if (wired == null) {
      throw new ProblemException(
          ErrorCode.INVALID_STATE, "This driver was not started yet; call start() first.");
    }
    return wired;
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

  /**
   * Starts what the planner decides.
   *
   * @param planner gets a fresh folder for the domain's sockets; runs on this thread
   */
  LocalDomain start(
      DomainId id, StartOptions startOptions, Function<DomainFolder, LaunchPlan> planner) {
    parts().registry().reserve(id, "");
    return launch(id, startOptions, new StepTimer(startOptions.steps(), options), planner);
  }

  /** Of a domain that is reserved; frees it. */
  private LocalDomain launch(
      DomainId id,
      StartOptions startOptions,
      StepTimer steps,
      Function<DomainFolder, LaunchPlan> planner) {
    DriverParts wired = parts();
    DomainRegistry registry = wired.registry();
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
      return wired.starter().launch(plan, startOptions, steps, registry::add);
    } finally {
      if (registry.find(id).isEmpty()) {
        wired.displayPorts().release(id); // of a plan that has failed half way
      }
      registry.free(id);
    }
  }

  @Override
  public Domain start(DomainDefinition definition, StartOptions startOptions) {
    UUID uuid = definition.uuid() == null ? IdSource.random().next() : definition.uuid();
    DomainId id = new DomainId(uuid);
    StepTimer steps = new StepTimer(startOptions.steps(), options);
    DefinitionPlanner planner = parts().planner();
    Optional<GuestNetworkPlan> network =
        startOptions.isolated() ? Optional.of(GuestNetworkPlan.of(definition)) : Optional.empty();
    catalog().reserve(id, definition.name());
    LocalDomain run =
        launch(
            id,
            startOptions,
            steps,
            folder -> {
              LaunchPlan plan = planner.plan(definition.withUuid(uuid), id, folder, steps);
              return network.map(plan::isolated).orElse(plan);
            });
    return catalog().find(id).orElse(run); // it may have ended by now
  }

  @Override
  public Domain start(DomainId id, StartOptions startOptions) {
    return start(parts().context().definitions().require(id).definition(), startOptions);
  }

  @Override
  public Domain define(DomainDefinition definition) {
    return catalog().define(definition);
  }

  @Override
  public Domain rename(DomainId id, String name) {
    return catalog().rename(id, name);
  }

  @Override
  public void autostart(DomainId id, boolean starts) {
    catalog().autostart(id, starts);
  }

  @Override
  public DriverLayout layout() {
    return layout;
  }

  @Override
  public Secrets secrets() {
    return parts().secrets();
  }

  @Override
  public HostCapabilities capabilities() {
    return parts().capabilities().host();
  }

  @Override
  public DomainCapabilities domainCapabilities(CapabilityQuery query) {
    return parts().capabilities().domain(query);
  }

  @Override
  public List<Domain> domains(DomainFilter filter) {
    return catalog().domains(filter);
  }

  @Override
  public Optional<Domain> find(DomainId id) {
    return catalog().find(id);
  }

  @Override
  public Optional<Domain> find(String name) {
    return catalog().find(name);
  }

  @Override
  public void undefine(DomainId id, Set<UndefineFlag> flags) {
    catalog().undefine(id, flags);
  }

  @Override
  public void prepareIsolation() {
    parts().guestNetwork().prepare(new GuestNetworkPlan(true));
  }

  @Override
  public List<UnknownQemu> unknownQemus() {
    return parts().registry().unknownQemus();
  }

  @Override
  public Subscription listen(DriverListener listener) {
    return parts().context().listeners().add(listener)::run;
  }

  @Override
  public void close() {
    DriverParts wired = parts;
    if (wired != null) {
      wired.registry().close();
      release(wired);
    }
    unlock();
  }

  private void unlock() {
    RootLock taken = lock;
    if (taken != null) {
      taken.close();
    }
  }

  private void release(DriverParts wired) {
    pool.shutdownNow();
    wired.registry().domains().forEach(LocalDomain::release);
    try {
      if (!pool.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("The driver was closed while a listener or a host probe was still running");
      }
    } catch (InterruptedException e) {
      // As when a listener closes the driver: its own thread is one of those that end.
      Thread.currentThread().interrupt();
    }
    wired.registry().clear();
    wired.guestNetwork().close();
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
    DriverParts wired = parts();
    wired.registry().closeForPurge(root);
    release(wired);
    try {
      DirectoryTree.remove(layout, root);
    } finally {
      unlock();
    }
  }
}
