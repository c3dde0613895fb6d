package io.drover.driver.internal.domain;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.taint.Taint;
import io.drover.driver.StartOptions;
import io.drover.driver.StepListener;
import io.drover.driver.internal.folder.DomainFolder;
import io.drover.driver.internal.isolation.GuestNetwork;
import io.drover.driver.internal.journal.JournalEntry;
import io.drover.driver.internal.plan.LaunchPlan;
import io.drover.driver.internal.process.HostThreads;
import io.drover.driver.internal.process.LogTail;
import io.drover.driver.internal.process.NetworkEntry;
import io.drover.driver.internal.process.ProcessIdentity;
import io.drover.driver.internal.process.QemuLauncher;
import io.drover.driver.internal.process.QemuLog;
import io.drover.driver.internal.process.QemuProcess;
import io.drover.driver.internal.qmp.RunState;
import io.drover.driver.internal.resource.ResourceAcquisition;
import io.drover.driver.internal.resource.ResourceRecord;
import io.drover.driver.internal.task.StepTimer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the QEMU of a plan; a start that fails leaves nothing behind but the log. */
final class DomainStarter {
  private static final Logger LOG = LoggerFactory.getLogger(DomainStarter.class);
  private final DriverContext context;
  private final QemuLauncher launcher;
  private final GuestNetwork guestNetwork;
  private final String bootId;

  DomainStarter(
      DriverContext context, QemuLauncher launcher, GuestNetwork guestNetwork, String bootId) {
    this.context = context;
    this.launcher = launcher;
    this.guestNetwork = guestNetwork;
    this.bootId = bootId;
  }

  /**
   * Starts it and returns the running domain.
   *
   * @param onSpawn gets the domain once its process exists
   */
  LocalDomain launch(
      LaunchPlan plan, StartOptions options, StepTimer steps, Consumer<LocalDomain> onSpawn) {
    LocalDomain domain = steps.run(StepListener.Step.SPAWN_QEMU, () -> spawn(plan, options));
    QemuProcess process = domain.process();
    try {
      onSpawn.accept(domain);
      CompletableFuture<Boolean> journalled = domain.store().journalProcess();
      domain.watch().watchProcess();
      steps.run(
          StepListener.Step.CONNECT_QMP, () -> MonitorConnector.connect(domain, context.options()));
      journalled.join();
      if (options.isolated()) {
        guestNetwork.requireInside(process.identity().pid()); // before the guest runs
      }
      steps.run(StepListener.Step.START_CPUS, () -> startCpus(domain, plan, options));
      plan.folder().removeMasterKey();
      domain.store().markStarted(options.paused());
      return domain;
    } catch (RuntimeException e) {
      throw undo(domain, process, e);
    }
  }

  private LocalDomain spawn(LaunchPlan plan, StartOptions options) {
    ResourceAcquisition resources = context.resources().begin(plan.resources());
    boolean recorded = false;
    LogTail output;
    JournalEntry intent;
    QemuProcess process;
    try {
      intent = entry(plan, options, resources.prepare());
      QemuLog.makeRoom(plan.files().log());
      DomainFolder.privateFile(plan.files().log());
      output = LogTail.fromNow(plan.files().log());
      // Before anything is changed: if we die in between, the next driver knows whose it is.
      context.journal().write(intent);
      recorded = true;
      resources.acquire();
      LaunchPlan.QemuCommand command = plan.command();
      NetworkEntry network = options.isolated() ? guestNetwork.entry() : NetworkEntry.OF_HOST;
      process =
          launcher
              .within(network)
              .launchBounded(
                  command.argv(), command.environment(), plan.files().log(), command.console());
    } catch (RuntimeException e) {
      rollBack(plan, resources, recorded, e);
      throw e;
    }
    LocalDomain domain =
        new LocalDomain(
            context,
            intent.withProcess(process.identity()),
            DomainStateMachine.startingUp(),
            process,
            output);
    domain.store().beginStart();
    context.resources().watch(intent.resources(), domain.watch()::resourceLost);
    if (!plan.taints().isEmpty()) {
      LOG.warn("Domain {} ({}) is tainted: {}", plan.id(), plan.name(), words(plan.taints()));
    }
    return domain;
  }

  /** The record goes last: what could not be undone is undone by the next driver. */
  private void rollBack(
      LaunchPlan plan, ResourceAcquisition resources, boolean recorded, RuntimeException failure) {
    boolean clean = resources.undo(failure);
    if (!clean || !recorded) {
      return;
    }
    try {
      context.journal().remove(plan.id());
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private static String words(Set<Taint> taints) {
    return taints.stream().sorted().map(Taint::word).collect(Collectors.joining(", "));
  }

  private JournalEntry entry(
      LaunchPlan plan, StartOptions options, List<ResourceRecord> resources) {
    return new JournalEntry(
        plan.id(),
        ProcessIdentity.NOT_YET_KNOWN,
        bootId,
        plan.files(),
        plan.command().accelerator(),
        DomainStateMachine.startingUp().status().reason(),
        options.tags(),
        plan.taints(),
        resources,
        plan.definition());
  }

  private LocalDomain startCpus(LocalDomain domain, LaunchPlan plan, StartOptions options) {
    Instant now = context.options().clock().instant();
    LaunchPlan.BeforeBoot todo = plan.beforeBoot();
    todo.passwords().forEach(password -> password.set(domain, now));
    todo.vcpus().plug(domain);
    todo.settings().forEach(domain::execute);
    todo.threads().apply(domain, domain.process().identity().pid(), new HostThreads());
    if (!options.paused()) {
      domain.execute(RunState.cont());
    }
    return domain;
  }

  private ProblemException undo(LocalDomain domain, QemuProcess process, RuntimeException cause) {
    String words = QemuWords.plain(domain.watch().lastOutput());
    // A monitor that breaks off because QEMU has ended says nothing beside QEMU's own words.
    boolean ended = !words.isEmpty() && !process.identity().alive();
    ProblemException failure =
        new ProblemException(
            ErrorCode.QEMU_START_FAILED,
            "Domain "
                + domain.name()
                + " did not start: "
                + (ended ? "QEMU ended: " + words : cause.getMessage())
                + (ended || words.isEmpty() ? "" : " QEMU's output: " + words),
            cause);
    try {
      process.kill();
      Duration deadline = context.options().stopDeadline();
      if (!process.awaitExit(deadline) || domain.awaitEnd(deadline).isEmpty()) {
        failure.addSuppressed(
            new ProblemException(
                ErrorCode.QEMU_UNRESPONSIVE,
                "The process " + process.identity().pid() + " did not exit on SIGKILL."));
      }
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
    return failure;
  }
}
