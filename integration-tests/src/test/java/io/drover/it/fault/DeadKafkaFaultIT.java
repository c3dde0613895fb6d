package io.drover.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.it.suite.Answer;
import io.drover.it.suite.DomainXml;
import io.drover.it.suite.Project;
import io.drover.it.suite.RunningSuite;
import io.drover.it.suite.SharedSuite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Without Kafka requests are accepted, and done when it is back. */
@ExtendWith(SharedSuite.class)
class DeadKafkaFaultIT {
  @Test
  void acceptsNowAndDeliversLater(RunningSuite suite) throws Exception {
    Project demo = suite.demo();
    demo.start("up-meanwhile", DomainXml.diskless("up-meanwhile"));
    suite.suite().kafka().stop();
    Answer accepted;
    try {
      accepted = demo.api().postXml(demo.path("domains"), DomainXml.diskless("patient"));
      assertThat(accepted.status()).as(accepted.toString()).isEqualTo(202);
      assertThat(demo.domain("up-meanwhile").path("phase").asText()).isEqualTo("RUNNING");
    } finally {
      suite.suite().startBroker();
    }
    demo.succeeded(accepted);
    assertThat(suite.qemusOf(demo.domain("patient").path("id").asText())).hasSize(1);
    demo.delete("patient");
    demo.delete("up-meanwhile");
  }
}
