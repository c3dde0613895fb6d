package io.drover.agent.domain;

import io.drover.agent.command.CommandHandler;
import io.drover.agent.command.CommandRun;
import io.drover.agent.key.ClaimedKeys;
import io.drover.agent.key.SecretsRestClient;
import io.drover.contracts.command.CommandHeader;
import io.drover.contracts.command.OperateDomain;
import io.drover.contracts.command.VolumeAttachment;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.event.Event;
import io.drover.contracts.event.OperationFailed;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.KeyId;
import io.drover.contracts.id.OperationId;
import io.drover.contracts.id.VolumeId;
import io.drover.contracts.operation.DiskResized;
import io.drover.contracts.operation.LiveOperation;
import io.drover.contracts.operation.LiveResult;
import io.drover.contracts.operation.ResizeDisk;
import io.drover.driver.Domain;
import io.drover.driver.JobOptions;
import io.drover.driver.OperationHandle;
import io.drover.driver.QemuDriver;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * Carries out any operation on a running domain. The driver runs it as a job that has the
 * operation's id: the handler returns at once, and after a crash of the agent the same command
 * finds the job again, whether it still runs or has ended.
 */
final class OperateDomainHandler implements CommandHandler<OperateDomain> {
  private final QemuDriver driver;
  private final DomainRecords records;
  private final VolumeResolver resolving;
  private final OpenVolumes volumes;
  private final ClaimedKeys keys;
  private final BooleanSupplier stopping;

  /**
   * @param stopping whether this agent is being stopped
   */
  OperateDomainHandler(
      QemuDriver driver,
      DomainRecords records,
      VolumeResolver resolving,
      OpenVolumes volumes,
      ClaimedKeys keys,
      BooleanSupplier stopping) {
    this.driver = driver;
    this.records = records;
    this.resolving = resolving;
    this.volumes = volumes;
    this.keys = keys;
    this.stopping = stopping;
  }

  @Override
  public Class<OperateDomain> handles() {
    return OperateDomain.class;
  }

  @Override
  public Outcome handle(OperateDomain command, CommandRun run) {
    if (run.expired() && !run.resumed()) {
      throw new ProblemException(
          ErrorCode.EXPIRED,
          "The command expired at " + run.expiresAt() + " before it was carried out; ask again.");
    }
    CommandHeader header = command.header();
    Domain domain = running(header);
    DomainRecord known = recordOf(header);
    OperationId operation = header.operationId();
    LiveOperation<?> resolved = resolving.resolve(command);
    List<KeyId> allowed =
        command.volumes().stream().map(VolumeAttachment::keyId).filter(Objects::nonNull).toList();
    SecretsRestClient.KeyClaim claim = SecretsRestClient.KeyClaim.ofOperation(header);
    Runnable after =
        () -> {
          keys.forget(allowed, claim);
          volumes.settle(domain, operation);
        };
    try {
      volumes.take(known, operation, idsOf(command));
      keys.claim(allowed, claim);
      String owner = header.cause().actor();
      OperationReport report =
          new OperationReport(
              resolved.name(), domain, run, stopping, after, completing(known, domain, resolved));
      submit(domain, resolved, JobOptions.of(operation.toString(), owner), report);
    } catch (RuntimeException e) {
      after.run();
      throw e;
    }
    return Outcome.WAITING;
  }

  private <R extends LiveResult> void submit(
      Domain domain, LiveOperation<R> operation, JobOptions options, OperationReport report) {
    OperationHandle<R> handle = domain.submit(operation, options.withListener(report));
    // One that has ended before it was asked for again may tell its listeners no more.
    report.endedBefore(() -> handle.await(Duration.ZERO));
  }

  /** A disk that has grown takes more of what its volume has claimed of this host. */
  private UnaryOperator<LiveResult> completing(
      DomainRecord known, Domain domain, LiveOperation<?> operation) {
    Optional<VolumeId> grown =
        operation instanceof ResizeDisk resize
            ? volumes.behind(known, domain, resize.target())
            : Optional.empty();
    return result ->
        result instanceof DiskResized resized && grown.isPresent()
            ? resized.withVolume(grown.get())
            : result;
  }

  @Override
  public Event failure(OperateDomain command, Problem problem, String step) {
    boolean running = driver.find(new DomainId(command.header().subject())).isPresent();
    return new OperationFailed(command.operation().name(), problem, running);
  }

  private Domain running(CommandHeader header) {
    return driver
        .find(new DomainId(header.subject()))
        .orElseThrow(
            () ->
                new ProblemException(
                    ErrorCode.INVALID_STATE,
                    "The domain " + header.subject() + " does not run on this host; start it."));
  }

  private DomainRecord recordOf(CommandHeader header) {
    return records
        .find(new DomainId(header.subject()))
        .filter(known -> known.generation() == header.generation())
        .orElseThrow(
            () ->
                new ProblemException(
                    ErrorCode.SUPERSEDED,
                    "The domain "
                        + header.subject()
                        + " does not run here as generation "
                        + header.generation()
                        + "; ask again."));
  }

  private static List<VolumeId> idsOf(OperateDomain command) {
    return command.volumes().stream().map(VolumeAttachment::volumeId).distinct().toList();
  }
}
