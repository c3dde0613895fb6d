package io.drover.driver.internal.operation.power;

import io.drover.contracts.operation.Done;
import io.drover.contracts.operation.Resume;
import io.drover.driver.internal.operation.OperationEnd;
import io.drover.driver.internal.operation.OperationHandler;
import io.drover.driver.internal.operation.OperationRun;
import io.drover.driver.internal.qmp.RunState;

/** Lets the virtual CPUs run; of a domain whose CPUs run already, nothing changes. */
public final class ResumeHandler implements OperationHandler<Resume, Done> {
  @Override
  public Class<Resume> operation() {
    return Resume.class;
  }

  @Override
  public OperationEnd<Done> handle(Resume operation, OperationRun run) {
    run.guest().execute(RunState.cont());
    run.guest().settle();
    return OperationEnd.of(Done.DONE);
  }
}
