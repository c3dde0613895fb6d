package io.drover.driver.internal.operation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.operation.Reset;
import io.drover.contracts.operation.Suspend;
import io.drover.driver.internal.operation.power.SuspendHandler;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OperationTableTest {
  @Test
  void anOperationWithoutAHandlerIsFoundAtTheStart() {
    assertThatThrownBy(() -> new OperationTable(List.of(new SuspendHandler())))
        .hasMessageContaining("No handler carries out")
        .hasMessageContaining("CopyDisk");
  }

  @Test
  void twoHandlersOfOneOperationAreRefused() {
    assertThatThrownBy(
            () -> new OperationTable(List.of(new SuspendHandler(), new SuspendHandler())))
        .hasMessageContaining("Two handlers");
  }

  @Test
  void anOperationThatIsNotInTheTableIsNotCarriedOut() {
    OperationTable table =
        new OperationTable(List.of(new SuspendHandler()), Set.<Class<?>>of(Suspend.class));
    assertThatThrownBy(() -> table.of(new Reset())).hasMessageContaining("Reset");
  }
}
