package io.drover.driver.local;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.StartOptions;
import io.drover.driver.StepListener.Step;
import io.drover.driver.Taint;
import io.drover.driver.companion.Companion;
import io.drover.driver.journal.JournalEntry;
import io.drover.driver.journal.JournalEntry.HandedOver;
import io.drover.driver.local.folder.DomainFolder;
import io.drover.driver.local.plan.LaunchPlan;
import io.drover.driver.local.task.StepTimer;
import io.drover.driver.process.HostThreads;
import io.drover.driver.process.LogTail;
import io.drover.driver.process.ProcessIdentity;
import io.drover.driver.process.QemuLauncher;
import io.drover.driver.process.QemuProcess;
import io.drover.driver.qmp.QmpException;
import io.drover.driver.qmp.RunState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the QEMU of a plan; a start that fails leaves nothing behind but the log. */
final class Launching {
  private static final Logger LOG = LoggerFactory.getLogger(Launching.class);
  private final Surroundings surroundings;
  private final QemuLauncher launcher;
  private final String bootId;

  Launching(Surroundings surroundings, QemuLauncher launcher, String bootId) {
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
      steps.run(Step.CONNECT_QMP, () -> AwaitingMonitor.connect(domain, surroundings.options()));
      journalled.join();
      steps.run(Step.START_CPUS, () -> startCpus(domain, plan, options));
      plan.folder().removeMasterKey();
      domain.born(options.paused());
      return domain;
    } catch (ProblemException | QmpException | CompletionException e) {
      throw undo(domain, process, e);
    }
  }

  private LocalDomain spawn(LaunchPlan plan, StartOptions options) {
    DomainFolder.privateFile(plan.log());
    LogTail words = LogTail.fromNow(plan.log());
    List<HandedOver> given = new ArrayList<>();
    List<Path> overlays = List.of();
    StateCourse course = StateCourse.startingUp();
    JournalEntry intent;
    QemuProcess process;
    try {
      given.addAll(surroundings.handingOver().give(plan.files()));
      intent = entry(plan, options, course, given);
      // Before the process is there: if we die in between, the next driver knows whose it is.
      surroundings.journal().write(intent);
      plan.tpm().ifPresent(surroundings.tpms()::start);
      accompany(plan);
      surroundings.bridgePorts().make(plan.folder().path(), plan.ports());
      overlays = surroundings.overlays().make(plan.overlays());
      surroundings.handingOver().give(overlays);
      process = launcher.launch(plan.argv(), plan.environment(), plan.log());
    } catch (ProblemException e) {
      endTpm(plan, e);
      surroundings.companions().end(plan.folder().path(), surroundings.options().stopDeadline());
      surroundings.bridgePorts().remove(plan.folder().path());
      surroundings.overlays().remove(overlays);
      surroundings.journal().remove(plan.id());
      surroundings.handingOver().takeBack(given);
      plan.folder().remove();
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

  private void endTpm(LaunchPlan plan, ProblemException failure) {
    try {
      surroundings.tpms().end(plan.id(), plan.folder().path());
    } catch (ProblemException e) {
      failure.addSuppressed(e);
    }
  }

  /** Starts what has to be there before QEMU, which connects to it as its own user. */
  private void accompany(LaunchPlan plan) {
    plan.companions().forEach(companion -> DomainFolder.privateFile(companion.log()));
    surroundings
        .companions()
        .start(plan.folder().path(), plan.companions(), surroundings.options().startDeadline());
    surroundings.handingOver().give(plan.companions().stream().map(Companion::socket).toList());
  }

  private static String words(Set<Taint> taints) {
    return taints.stream().sorted().map(Taint::word).collect(Collectors.joining(", "));
  }

  private JournalEntry entry(
      LaunchPlan plan, StartOptions options, StateCourse course, List<HandedOver> given) {
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
