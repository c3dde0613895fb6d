package io.drover.driver.internal.operation.power;

import io.drover.contracts.operation.Done;
import io.drover.contracts.operation.Reset;
import io.drover.driver.internal.operation.OperationEnd;
import io.drover.driver.internal.operation.OperationHandler;
import io.drover.driver.internal.operation.OperationRun;
import io.drover.driver.internal.qmp.RunState;

/** Presses the reset button. */
public final class ResetHandler implements OperationHandler<Reset, Done> {
  @Override
  public Class<Reset> operation() {
    return Reset.class;
  }

  @Override
  public OperationEnd<Done> handle(Reset operation, OperationRun run) {
    run.guest().execute(RunState.systemReset());
    return OperationEnd.of(Done.DONE);
  }
}
