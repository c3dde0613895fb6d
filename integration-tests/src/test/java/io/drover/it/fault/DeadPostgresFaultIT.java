package io.drover.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.it.suite.Answer;
import io.drover.it.suite.DomainXml;
import io.drover.it.suite.Project;
import io.drover.it.suite.RunningSuite;
import io.drover.it.suite.SharedSuite;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Without PostgreSQL nothing is accepted, and what was accepted before is done. */
@ExtendWith(SharedSuite.class)
class DeadPostgresFaultIT {
  private static final String[] KEY = {"Idempotency-Key", "while-the-database-is-dead"};

  @Test
  void refusesNowAndLosesNothingThatWasAccepted(RunningSuite suite) throws Exception {
    Project demo = suite.demo();
    Answer before = demo.api().postXml(demo.path("domains"), DomainXml.diskless("accepted-before"));
    suite.suite().postgres().process().kill();
    try {
      Answer refused = demo.api().postXml(demo.path("domains"), DomainXml.diskless("refused"), KEY);
      assertThat(refused.status()).as(refused.toString()).isEqualTo(503);
      assertThat(refused.header("Content-Type").orElse("")).startsWith("application/problem+json");
      assertThat(refused.took()).isLessThan(Duration.ofSeconds(10));
    } finally {
      suite.suite().restartPostgres();
    }
    demo.succeeded(before);
    Awaitility.await("the gateway's way back to its database")
        .atMost(RunningSuite.patience())
        .until(() -> demo.api().get(demo.path("domains")).status() == 200);
    assertThat(demo.api().get(demo.path("domains", "refused")).status()).isEqualTo(404);
    demo.succeeded(demo.api().postXml(demo.path("domains"), DomainXml.diskless("refused"), KEY));
    demo.delete("accepted-before");
    demo.delete("refused");
  }
}
