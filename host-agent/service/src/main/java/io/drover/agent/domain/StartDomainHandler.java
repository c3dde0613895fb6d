package io.drover.agent.domain;

import io.drover.agent.command.CommandHandler;
import io.drover.agent.command.CommandRun;
import io.drover.agent.host.HostIdentity;
import io.drover.agent.key.ClaimedKeys;
import io.drover.agent.key.SecretsRestClient;
import io.drover.agent.trace.Tracing;
import io.drover.agent.volume.VolumeUses;
import io.drover.contracts.command.StartDomain;
import io.drover.contracts.command.VolumeAttachment;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.event.DomainFailed;
import io.drover.contracts.event.DomainStarted;
import io.drover.contracts.event.Event;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.KeyId;
import io.drover.contracts.id.VolumeId;
import io.drover.driver.Domain;
import io.drover.driver.QemuDriver;
import io.drover.driver.StartOptions;
import io.drover.driver.StepListener;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Starts a domain: keys, argv, QEMU, QMP, CPUs. After a crash of the agent a domain that runs by
 * then is reported as started once more; one that does not is started again unless the command has
 * expired. A failed start leaves nothing.
 */
final class StartDomainHandler implements CommandHandler<StartDomain> {
  private final HostIdentity host;
  private final QemuDriver driver;
  private final DomainRecords records;
  private final DomainWatch watch;
  private final VolumeResolver resolving;
  private final VolumeUses uses;
  private final ClaimedKeys keys;
  private final Tracing tracing;
  private final Timer startTimer;

  StartDomainHandler(
      QemuDriver driver,
      DomainRecords records,
      DomainWatch watch,
      VolumeResolver resolving,
      VolumeUses uses,
      DomainModule.Services services) {
    this.host = services.host();
    this.driver = driver;
    this.records = records;
    this.watch = watch;
    this.resolving = resolving;
    this.uses = uses;
    this.keys = services.keys();
    this.tracing = services.tracing();
    this.startTimer =
        Timer.builder("drover.agent.domain.start")
            .description("Time from the command to running CPUs")
            .publishPercentiles(0.5, 0.95, 0.99)
            .register(services.meters());
  }

  @Override
  public Class<StartDomain> handles() {
    return StartDomain.class;
  }

  @Override
  public Outcome handle(StartDomain command, CommandRun run) {
    DomainId id = new DomainId(command.header().subject());
    Optional<Domain> running = driver.find(id);
    if (running.isPresent()) {
      return alreadyRunning(command, running.get(), run);
    }
    if (run.expired()) {
      throw new ProblemException(
          ErrorCode.EXPIRED,
          "The command expired at " + run.expiresAt() + " before it was carried out; ask again.");
    }
    long begin = run.nanos();
    DomainRecord fresh = recordOf(command, id);
    uses.take(id, fresh.volumes());
    records.put(fresh);
    watch.startBegins(id);
    Domain domain;
    try {
      domain = start(command, id, run);
    } catch (RuntimeException e) {
      watch.startFailed(id);
      uses.release(id);
      throw e;
    }
    startTimer.record(run.since(begin));
    watch.consoleOpens(domain);
    run.announce(new DomainStarted(host.id(), domain.accelerator()));
    records.keep(fresh.started(run.now()));
    watch.startSucceeded(domain);
    return Outcome.DONE;
  }

  @Override
  public Event failure(StartDomain command, Problem problem, String step) {
    boolean running = driver.find(new DomainId(command.header().subject())).isPresent();
    return new DomainFailed(problem, step, running);
  }

  private Domain start(StartDomain command, DomainId id, CommandRun run) {
    run.enter("build-argv");
    VolumeResolver.Start resolved = resolving.resolve(command, id);
    List<KeyId> allowed =
        command.volumes().stream().map(VolumeAttachment::keyId).filter(Objects::nonNull).toList();
    SecretsRestClient.KeyClaim claim = SecretsRestClient.KeyClaim.of(command.header());
    keys.claim(allowed, claim);
    try {
      StartOptions options =
          StartOptions.plain()
              .withTags(tags(command))
              .withIsolated(resolved.isolated())
              .withSteps((step, startedAt, took) -> stepDone(run, step, startedAt, took));
      run.enter(StepListener.Step.FETCH_KEYS.stepName());
      return driver.start(resolved.definition(), options);
    } finally {
      keys.forget(allowed, claim);
    }
  }

  private void stepDone(CommandRun run, StepListener.Step step, Instant startedAt, Duration took) {
    run.completed(step.stepName(), startedAt, took);
    tracing.ended(step.stepName(), startedAt, startedAt.plus(took), null);
    StepListener.Step[] all = StepListener.Step.values();
    if (step.ordinal() + 1 < all.length) {
      run.enter(all[step.ordinal() + 1].stepName());
    }
  }

  private Outcome alreadyRunning(StartDomain command, Domain running, CommandRun run) {
    DomainId id = running.id();
    Optional<DomainRecord> known = records.find(id);
    boolean same = known.isPresent() && known.get().generation() == command.header().generation();
    if (!same) {
      throw new ProblemException(
          ErrorCode.INVALID_STATE,
          "The domain "
              + id
              + " already runs here as process "
              + running.pid()
              + "; stop it before it is started again.");
    }
    run.announce(new DomainStarted(host.id(), running.accelerator()));
    records.keep(known.get().started(run.now()));
    return Outcome.DONE;
  }

  private static DomainRecord recordOf(StartDomain command, DomainId id) {
    List<VolumeId> volumes =
        command.volumes().stream().map(VolumeAttachment::volumeId).distinct().toList();
    return new DomainRecord(
        id,
        command.header().projectId(),
        command.name(),
        command.header().generation(),
        command.header().operationId(),
        volumes,
        null);
  }

  private static Map<String, String> tags(StartDomain command) {
    return Map.of(
        "project", command.header().projectId().toString(),
        "generation", Long.toString(command.header().generation()),
        "operation", command.header().operationId().toString());
  }
}
