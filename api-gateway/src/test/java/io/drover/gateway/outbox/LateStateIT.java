package io.drover.gateway.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.event.DomainDeleted;
import io.drover.contracts.message.KafkaSettings;
import io.drover.contracts.message.Topics;
import io.drover.gateway.GatewayTestCase;
import io.drover.gateway.support.Api;
import io.drover.gateway.support.Api.TestProject;
import io.drover.gateway.support.Parts;
import io.drover.gateway.support.Patience;
import io.drover.gateway.support.RunningDomain;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.test.junit.QuarkusTest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A relay that is not the active one any more sends what it still had. */
@QuarkusTest
class LateStateIT extends GatewayTestCase {
  private List<ConsumerRecord<String, byte[]>> states(UUID domain, int atLeast) {
    return parts.heard(Topics.DOMAIN_STATE, domain.toString(), atLeast);
  }

  private static long version(ConsumerRecord<String, byte[]> state) {
    return Long.parseLong(Parts.header(state, Outbox.STATE_VERSION).orElseThrow());
  }

  private void sendLate(ConsumerRecord<String, byte[]> old) throws Exception {
    Map<String, String> headers = new LinkedHashMap<>();
    old.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
    OutboxRow row = new OutboxRow(1, Topics.DOMAIN_STATE, old.key(), headers, old.value());
    try (OutboxSender former =
        new OutboxSender(KafkaSettings.plain(kafka.bootstrap()), OpenTelemetry.noop())) {
      former.send(row).get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private ConsumerRecord<String, byte[]> awaitLast(UUID domain, int atLeast) {
    List<ConsumerRecord<String, byte[]>> all = states(domain, atLeast);
    assertThat(all).hasSizeGreaterThanOrEqualTo(atLeast);
    return all.get(all.size() - 1);
  }

  @Test
  void anOldStateDoesNotStayTheLastNeitherOfALivingDomainNorOfADeletedOne() throws Exception {
    TestProject project = Api.project();
    RunningDomain domain = RunningDomain.make(project, parts);
    List<ConsumerRecord<String, byte[]>> known = states(domain.id(), 3);
    ConsumerRecord<String, byte[]> newest = known.get(known.size() - 1);
    assertThat(known).extracting(LateStateIT::version).isSorted().doesNotHaveDuplicates();

    sendLate(known.get(0));
    ConsumerRecord<String, byte[]> repaired = awaitLast(domain.id(), known.size() + 2);
    assertThat(new String(repaired.value(), UTF_8)).contains("\"phase\":\"RUNNING\"");
    assertThat(version(repaired)).isGreaterThan(version(newest));

    domain.stop();
    String delete =
        project.request().delete(project.path("/domains/web")).then().extract().path("id");
    domain.say(delete, new DomainDeleted());
    Api.awaitOperation(project, delete, "SUCCEEDED");
    Awaitility.await()
        .atMost(Patience.LIMIT)
        .until(() -> awaitLast(domain.id(), known.size() + 3).value() == null);
    int before = states(domain.id(), known.size() + 3).size();
    sendLate(repaired);
    assertThat(awaitLast(domain.id(), before + 2).value())
        .as("behind a tombstone an old state is no state again")
        .isNull();
  }
}
