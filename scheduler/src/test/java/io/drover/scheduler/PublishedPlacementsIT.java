package io.drover.scheduler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.event.DomainPlaced;
import io.drover.contracts.message.MessageTypes;
import io.drover.contracts.message.Topics;
import io.drover.scheduler.feed.RecordSender;
import io.drover.scheduler.ledger.model.OutgoingRecord;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A host hears of a placement that is published. Else a scheduler that ends in between, and whose
 * database is then restored, does not find the placement, and places the domain once more.
 */
@QuarkusTest
@QuarkusTestResource(SuiteParts.class)
class PublishedPlacementsIT {
  private static final String COMMANDS = Topics.hostCommands(TestHosts.id("published"));
  private final UUID domain = UUID.randomUUID();

  @ConfigProperty(name = "drover.test.kafka")
  String bootstrap;

  @Inject RecordSender sender;

  @BeforeEach
  void theHostHasATopic() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      admin.createTopics(List.of(new NewTopic(COMMANDS, 1, (short) 1))).all().get();
    }
  }

  private OutgoingRecord toHost(String value) {
    return new OutgoingRecord(COMMANDS, domain.toString(), Map.of(), value);
  }

  @Test
  void noHostHearsOfAPlacementThatCannotBePublished() {
    OutgoingRecord tooLarge =
        new OutgoingRecord(
            Topics.PLACEMENTS,
            domain.toString(),
            Map.of("ce_type", MessageTypes.of(DomainPlaced.class)),
            "x".repeat(2 << 20));
    assertThatThrownBy(() -> sender.send(List.of(tooLarge, toHost("its start"))))
        .isInstanceOf(KafkaException.class);

    sender.send(List.of(toHost("what comes next")));

    List<ConsumerRecord<String, byte[]>> told =
        new TopicReader(bootstrap).await(COMMANDS, domain, records -> !records.isEmpty());
    assertThat(new String(told.get(0).value(), UTF_8)).isEqualTo("what comes next");
  }
}
