package io.drover.contracts.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaSettingsTest {
  private static final KafkaSettings SECURED =
      new KafkaSettings("a:1,b:2", Map.of("security.protocol", "SASL_SSL"));

  @Test
  void everyClientHasTheServersItsNameAndTheSecurity() {
    List<Map<String, Object>> clients =
        List.of(
            SECURED.producer("me"),
            SECURED.reader("me"),
            SECURED.member("me"),
            SECURED.admin("me"));
    assertThat(clients)
        .allSatisfy(
            settings ->
                assertThat(settings)
                    .containsEntry("bootstrap.servers", "a:1,b:2")
                    .containsEntry("client.id", "me")
                    .containsEntry("security.protocol", "SASL_SSL"));
  }

  @Test
  void aProducerLosesRepeatsAndReordersNothing() {
    assertThat(KafkaSettings.plain("a:1").producer("me"))
        .containsEntry("acks", "all")
        .containsEntry("enable.idempotence", "true")
        .containsEntry("max.in.flight.requests.per.connection", "1");
  }

  @Test
  void aConsumerReadsFromTheBeginningAndOnlyWhatIsCommitted() {
    for (Map<String, Object> consumer : List.of(SECURED.reader("me"), SECURED.member("me"))) {
      assertThat(consumer)
          .containsEntry("auto.offset.reset", "earliest")
          .containsEntry("isolation.level", "read_committed");
    }
  }

  @Test
  void aClientMayDifferWithoutChangingTheOthers() {
    SECURED.producer("me").put("acks", "0");
    assertThat(SECURED.producer("me")).containsEntry("acks", "all");
  }
}
