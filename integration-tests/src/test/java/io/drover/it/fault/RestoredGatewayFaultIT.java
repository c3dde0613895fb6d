package io.drover.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.contracts.message.Topics;
import io.drover.it.suite.Answer;
import io.drover.it.suite.Database;
import io.drover.it.suite.DomainXml;
import io.drover.it.suite.Project;
import io.drover.it.suite.RunningSuite;
import io.drover.it.suite.SchemaBackup;
import io.drover.it.suite.SharedSuite;
import io.drover.it.suite.TopicRecords;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The gateway's database is restored from a backup while guests run on. */
@ExtendWith(SharedSuite.class)
class RestoredGatewayFaultIT {
  @Test
  void losesNothingThatWasAcceptedSinceAndBringsNothingBackThatWasDeleted(RunningSuite suite)
      throws Exception {
    Project demo = suite.demo();
    Database database = new Database(suite);
    SchemaBackup backup = new SchemaBackup(database, "gateway");
    demo.start("older", DomainXml.diskless("older"));
    demo.start("ghost", DomainXml.diskless("ghost"));
    backup.take();

    demo.change("older", "destroy");
    demo.delete("ghost");
    demo.succeeded(
        demo.api().post(demo.path("volumes"), "{\"name\":\"late\",\"sizeBytes\":16777216}"));
    Answer created = demo.api().postXml(demo.path("domains"), DomainXml.from("younger", "late"));
    demo.succeeded(created);
    JsonNode before = demo.domain("younger");
    long guest = suite.qemusOf(before.path("id").asText()).get(0).pid();
    awaitEmptyOutbox(database);
    TopicRecords topics = new TopicRecords(suite.suite().kafka().admin());
    int letters = topics.read(Topics.DEAD_LETTERS).size();
    suite.kill("api-gateway");
    backup.restore();
    suite.restart("api-gateway");

    JsonNode after = demo.domain("younger");
    for (String member : List.of("id", "phase", "desired", "generation", "host", "volumes")) {
      assertThat(after.path(member)).as(member).isEqualTo(before.path(member));
    }
    JsonNode volume = demo.api().get(demo.path("volumes", "late")).json();
    assertThat(volume.path("phase").asText()).isEqualTo("READY");
    assertThat(volume.path("attachedTo")).isEqualTo(before.path("id"));
    assertThat(demo.ended(created).path("state").asText()).isEqualTo("SUCCEEDED");
    assertThat(demo.domain("older").path("phase").asText()).isEqualTo("STOPPED");
    assertThat(demo.api().get(demo.path("domains", "ghost")).status()).isEqualTo(404);
    assertThat(suite.qemusOf(before.path("id").asText()))
        .extracting(ProcessHandle::pid)
        .containsExactly(guest);

    assertThat(demo.change("younger", "destroy").path("phase").asText()).isEqualTo("STOPPED");
    assertThat(demo.change("older", "start").path("phase").asText()).isEqualTo("RUNNING");
    demo.delete("younger");
    demo.delete("older");
    demo.succeeded(demo.api().delete(demo.path("volumes", "late")));
    assertThat(topics.read(Topics.DEAD_LETTERS)).hasSize(letters);
    backup.drop();
  }

  private static void awaitEmptyOutbox(Database database) {
    Awaitility.await("the outbox on the topics")
        .atMost(RunningSuite.patience())
        .until(
            () ->
                database
                    .rows("select count(*) from gateway.outbox where refused is null")
                    .get(0)
                    .get(0)
                    .equals("0"));
  }
}
