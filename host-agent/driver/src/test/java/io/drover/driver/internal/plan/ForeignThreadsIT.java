package io.drover.driver.internal.plan;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.json.ContractJson;
import io.drover.driver.internal.process.HostThreads;
import io.drover.driver.internal.qmp.QmpCommand;
import io.drover.driver.internal.qmp.QmpExecutor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Numbers of threads that QEMU says, which root would pin. */
class ForeignThreadsIT {
  private static final ThreadTuning PINS =
      new ThreadTuning(null, null, Map.of(), Map.of("1", "0"), List.of());

  private static QmpExecutor answering(String iothreads) {
    return new QmpExecutor() {
      @Override
      public <R> R execute(QmpCommand<R> command) {
        String answer = command.name().equals("query-iothreads") ? iothreads : "[]";
        try {
          return command.reply().apply(ContractJson.mapper().readTree(answer));
        } catch (JsonProcessingException e) {
          throw new IllegalStateException(e);
        }
      }
    };
  }

  @Test
  void aThreadOfAnotherProcessIsNotPinned() {
    QmpExecutor qemu = answering("[{\"id\":\"iothread1\",\"thread-id\":1}]");
    long process = ProcessHandle.current().pid();
    assertThatThrownBy(() -> PINS.apply(qemu, process, new HostThreads()))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("The thread 1 is none of the QEMU " + process);
  }

  @Test
  void oneThatIsMadeByHandHasAnyName() {
    QmpExecutor qemu = answering("[{\"id\":\"a\",\"thread-id\":1},{\"thread-id\":1}]");
    assertThatCode(() -> PINS.apply(qemu, 1, new HostThreads())).doesNotThrowAnyException();
  }
}
