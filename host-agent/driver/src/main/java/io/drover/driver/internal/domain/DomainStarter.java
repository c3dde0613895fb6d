package io.drover.driver.internal.domain;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.taint.Taint;
import io.drover.driver.StartOptions;
import io.drover.driver.StepListener.Step;
import io.drover.driver.internal.folder.DomainFolder;
import io.drover.driver.internal.journal.JournalEntry;
import io.drover.driver.internal.journal.JournalEntry.HandedOver;
import io.drover.driver.internal.plan.LaunchPlan;
import io.drover.driver.internal.process.HostThreads;
import io.drover.driver.internal.process.LogTail;
import io.drover.driver.internal.process.ProcessIdentity;
import io.drover.driver.internal.process.QemuLauncher;
import io.drover.driver.internal.process.QemuProcess;
import io.drover.driver.internal.qmp.RunState;
import io.drover.driver.internal.sidecar.Sidecar;
import io.drover.driver.internal.task.StepTimer;
import java.nio.file.Path;
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
  private final DriverContext surroundings;
  private final QemuLauncher launcher;
  private final String bootId;

  DomainStarter(DriverContext surroundings, QemuLauncher launcher, String bootId) {
    this.surroundings = surroundings;
    this.launcher = launcher;
    this.bootId = bootId;
  }

  /**
   * Starts it and returns the running domain.
   *
   * @param onSpawn hears of the domain once its process is there
   */
  LocalDomain launch(
      LaunchPlan plan, StartOptions options, StepTimer steps, Consumer<LocalDomain> onSpawn) {
    LocalDomain domain = steps.run(Step.SPAWN_QEMU, () -> spawn(plan, options));
    QemuProcess process = domain.process();
    try {
      onSpawn.accept(domain);
      CompletableFuture<Boolean> journalled = domain.journalBirth();
      domain.watch();
      steps.run(Step.CONNECT_QMP, () -> MonitorConnector.connect(domain, surroundings.options()));
      journalled.join();
      steps.run(Step.START_CPUS, () -> startCpus(domain, plan, options));
      plan.folder().removeMasterKey();
      domain.born(options.paused());
      return domain;
    } catch (RuntimeException e) {
      throw undo(domain, process, e);
    }
  }

  private LocalDomain spawn(LaunchPlan plan, StartOptions options) {
    List<HandedOver> given = List.of();
    List<Path> overlays = List.of();
    DomainStateMachine course = DomainStateMachine.startingUp();
    LogTail words;
    JournalEntry intent;
    QemuProcess process;
    try {
      DomainFolder.privateFile(plan.log());
      words = LogTail.fromNow(plan.log());
      given = surroundings.handingOver().owners(plan.files());
      intent = entry(plan, options, course, given);
      // Before anything is changed: if we die in between, the next driver knows whose it is.
      surroundings.journal().write(intent);
      plan.tpm().ifPresent(surroundings.tpms()::start);
      accompany(plan, given);
      surroundings.bridgePorts().make(plan.folder().path(), plan.ports());
      overlays = surroundings.overlays().make(plan.overlays());
      give(overlays);
      process = launcher.launch(plan.argv(), plan.environment(), plan.log());
    } catch (RuntimeException e) {
      leave(plan, given, overlays, e);
      throw e;
    }
    JournalEntry entry = intent.withProcess(process.identity());
    LocalDomain domain = new LocalDomain(surroundings, entry, course, process, words);
    domain.beginStart();
    domain.watchCompanions();
    if (!plan.taints().isEmpty()) {
      LOG.warn("Domain {} ({}) is tainted: {}", plan.id(), plan.name(), words(plan.taints()));
    }
    return domain;
  }

  /** The record goes last: what could not be undone is undone by the next driver. */
  private void leave(
      LaunchPlan plan, List<HandedOver> given, List<Path> overlays, RuntimeException failure) {
    Path folder = plan.folder().path();
    Duration deadline = surroundings.options().stopDeadline();
    List<Runnable> steps =
        List.of(
            () -> surroundings.tpms().end(plan.id(), folder),
            () -> surroundings.companions().end(folder, deadline),
            () -> surroundings.bridgePorts().remove(folder),
            () -> surroundings.overlays().remove(overlays),
            () -> surroundings.handingOver().takeBack(given),
            plan.folder()::remove);
    boolean clean = true;
    for (Runnable step : steps) {
      clean &= done(step, failure);
    }
    if (clean) {
      done(() -> surroundings.journal().remove(plan.id()), failure);
    }
  }

  private static boolean done(Runnable step, RuntimeException failure) {
    try {
      step.run();
      return true;
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
      return false;
    }
  }

  /**
   * Starts what has to be there before QEMU, which connects to it as its own user. The domain's
   * folder is given to that user only when the sockets of our own processes are: in it, any name
   * can become somebody else's file.
   */
  private void accompany(LaunchPlan plan, List<HandedOver> given) {
    Path folder = plan.folder().path();
    Duration deadline = surroundings.options().startDeadline();
    plan.companions().forEach(companion -> DomainFolder.privateFile(companion.log()));
    surroundings.companions().announce(folder, plan.companions());
    List<Sidecar> ours = plan.companions().stream().filter(each -> each.user().isEmpty()).toList();
    List<Sidecar> theirs =
        plan.companions().stream().filter(each -> each.user().isPresent()).toList();
    surroundings.companions().start(ours, deadline);
    give(ours.stream().map(Sidecar::socket).toList());
    surroundings.handingOver().give(given);
    surroundings.companions().start(theirs, deadline);
  }

  private void give(List<Path> files) {
    surroundings.handingOver().give(surroundings.handingOver().owners(files));
  }

  private static String words(Set<Taint> taints) {
    return taints.stream().sorted().map(Taint::word).collect(Collectors.joining(", "));
  }

  private JournalEntry entry(
      LaunchPlan plan, StartOptions options, DomainStateMachine course, List<HandedOver> given) {
    return new JournalEntry(
        plan.id(),
        plan.name(),
        ProcessIdentity.NOT_YET_KNOWN,
        bootId,
        plan.folder().path(),
        plan.folder().monitor(),
        plan.log(),
        plan.consoleSocket(),
        plan.consoleLog(),
        plan.accelerator(),
        course.status().state().word(),
        course.status().reason().word(),
        options.tags(),
        given,
        plan.taints(),
        plan.definition());
  }

  private LocalDomain startCpus(LocalDomain domain, LaunchPlan plan, StartOptions options) {
    Instant now = surroundings.options().clock().instant();
    plan.passwords().forEach(password -> password.set(domain, now));
    plan.vcpus().plug(domain);
    plan.settings().forEach(domain::execute);
    plan.threads().apply(domain, domain.process().identity().pid(), new HostThreads());
    if (!options.paused()) {
      domain.execute(RunState.cont());
    }
    return domain;
  }

  private ProblemException undo(LocalDomain domain, QemuProcess process, RuntimeException cause) {
    String words = domain.lastWords(process);
    ProblemException failure =
        new ProblemException(
            ErrorCode.QEMU_START_FAILED,
            "Domain "
                + domain.name()
                + " did not start: "
                + cause.getMessage()
                + (words.isEmpty() ? "" : " QEMU said: " + words),
            cause);
    try {
      process.kill();
      Duration deadline = surroundings.options().stopDeadline();
      if (!process.awaitExit(deadline) || domain.awaitEnd(deadline).isEmpty()) {
        failure.addSuppressed(
            new ProblemException(
                ErrorCode.QEMU_UNRESPONSIVE,
                "The process " + process.identity().pid() + " is still there."));
      }
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
    return failure;
  }
}
