package io.drover.contracts.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaSettingsTest {
  private static final KafkaSettings SECURED =
      new KafkaSettings(
          "a:1,b:2",
          new KafkaSecurity(
              new KafkaSecurity.Login("gateway", new SecretText("se\\cr\"et")),
              new KafkaSecurity.Tls(null, null)));

  @Test
  void everyClientHasTheServersAndTheSecurity() {
    List<Map<String, Object>> clients =
        List.of(
            SECURED.producer("me"), SECURED.reader("me"), SECURED.member(), SECURED.admin("me"));
    assertThat(clients)
        .allSatisfy(
            settings ->
                assertThat(settings)
                    .containsEntry("bootstrap.servers", "a:1,b:2")
                    .containsEntry("security.protocol", "SASL_SSL")
                    .containsEntry("sasl.mechanism", "SCRAM-SHA-512")
                    .containsEntry(
                        "sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required"
                            + " username=\"gateway\" password=\"se\\\\cr\\\"et\";"));
  }

  @Test
  void thePasswordIsNotPrinted() {
    assertThat(SECURED.toString()).contains("gateway", "***").doesNotContain("cr");
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
    for (Map<String, Object> consumer : List.of(SECURED.reader("me"), SECURED.member())) {
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

  @Test
  void aClientOfItsOwnHasItsName() {
    assertThat(List.of(SECURED.producer("me"), SECURED.reader("me"), SECURED.admin("me")))
        .allSatisfy(settings -> assertThat(settings).containsEntry("client.id", "me"));
  }
}
