package io.drover.driver.internal.operation.input;

import io.drover.contracts.operation.Done;
import io.drover.contracts.operation.SendKey;
import io.drover.driver.internal.operation.OperationEnd;
import io.drover.driver.internal.operation.OperationHandler;
import io.drover.driver.internal.operation.OperationRun;
import io.drover.driver.internal.qmp.Keyboard;

/** Presses keys; QEMU refuses names that it does not know. */
public final class SendKeyHandler implements OperationHandler<SendKey, Done> {
  @Override
  public Class<SendKey> operation() {
    return SendKey.class;
  }

  @Override
  public OperationEnd<Done> handle(SendKey operation, OperationRun run) {
    Integer hold = operation.holdMillis();
    run.guest()
        .execute(Keyboard.send(operation.keys(), hold == null ? SendKey.USUAL_HOLD_MILLIS : hold));
    return OperationEnd.of(Done.DONE);
  }
}
