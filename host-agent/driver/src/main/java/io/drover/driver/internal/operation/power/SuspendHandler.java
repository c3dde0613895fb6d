package io.drover.driver.internal.operation.power;

import io.drover.contracts.operation.Done;
import io.drover.contracts.operation.Suspend;
import io.drover.driver.internal.operation.OperationEnd;
import io.drover.driver.internal.operation.OperationHandler;
import io.drover.driver.internal.operation.OperationRun;
import io.drover.driver.internal.qmp.RunState;

/** Stops the virtual CPUs; of a domain whose CPUs stand already, nothing changes. */
public final class SuspendHandler implements OperationHandler<Suspend, Done> {
  @Override
  public Class<Suspend> operation() {
    return Suspend.class;
  }

  @Override
  public OperationEnd<Done> handle(Suspend operation, OperationRun run) {
    run.guest().expectPause();
    run.guest().execute(RunState.stop());
    run.guest().settle();
    return OperationEnd.of(Done.DONE);
  }
}
