package io.drover.agent.domain;

import io.drover.agent.command.CommandHandler;
import io.drover.agent.command.CommandRun;
import io.drover.contracts.command.AbortOperation;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.event.Event;
import io.drover.contracts.event.OperationFailed;
import io.drover.contracts.event.OperationSucceeded;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.operation.Done;
import io.drover.driver.Domain;
import io.drover.driver.QemuDriver;

/** Asks a long operation to end; the operation announces its own end. */
final class AbortOperationHandler implements CommandHandler<AbortOperation> {
  private final QemuDriver driver;

  AbortOperationHandler(QemuDriver driver) {
    this.driver = driver;
  }

  @Override
  public Class<AbortOperation> handles() {
    return AbortOperation.class;
  }

  @Override
  public Outcome handle(AbortOperation command, CommandRun run) {
    Domain domain =
        driver
            .find(new DomainId(command.header().subject()))
            .orElseThrow(
                () ->
                    new ProblemException(
                        ErrorCode.INVALID_STATE,
                        "The domain "
                            + command.header().subject()
                            + " does not run on this host, so nothing is to be aborted."));
    run.step(
        "abort-job",
        () -> {
          domain.abortJob(command.aborted().toString());
          return domain;
        });
    run.announce(new OperationSucceeded(AbortOperation.NAME, Done.DONE));
    return Outcome.DONE;
  }

  @Override
  public Event failure(AbortOperation command, Problem problem, String step) {
    boolean running = driver.find(new DomainId(command.header().subject())).isPresent();
    return new OperationFailed(AbortOperation.NAME, problem, running);
  }
}
