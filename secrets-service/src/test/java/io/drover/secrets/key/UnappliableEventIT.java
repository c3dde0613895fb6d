package io.drover.secrets.key;

import io.drover.contracts.event.VolumeCreated;
import io.drover.contracts.event.VolumePlaced;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.KeyId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.message.DeadLetterContract;
import io.drover.contracts.message.EventSource;
import io.drover.contracts.message.Topics;
import io.drover.secrets.SuiteParts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An event that can never be applied is put aside, and the grants behind it are served. */
@QuarkusTest
@QuarkusTestResource(SuiteParts.class)
@QuarkusTestResource(OidcWiremockTestResource.class)
class UnappliableEventIT {
  private static final int NEARLY_THE_LARGEST_RECORD = 1024 * 1024 - 150;

  private final HostId host = new HostId(UUID.randomUUID());
  private final UUID volume = UUID.randomUUID();

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrap;

  private KeyTraffic traffic;

  @BeforeEach
  void connect() {
    traffic = new KeyTraffic(bootstrap);
  }

  @AfterEach
  void theNextGrantIsServed() {
    UUID next = UUID.randomUUID();
    try (KeyTraffic other = new KeyTraffic(bootstrap)) {
      other.send(next, 1, new VolumePlaced(host, "a", other.key()));
      other.release(host, next, 1, UUID.randomUUID()).statusCode(200);
    }
    traffic.close();
  }

  @Test
  void aSubjectThatIsNoIdIsADeadLetter() {
    ProjectId project = new ProjectId(UUID.randomUUID());
    String subject = "no id " + project;
    traffic.send(KeyTraffic.SCHEDULER, subject, 1, project, new VolumeCreated(host, 1024));
    traffic.awaitDeadLetter(
        letter ->
            subject.equals(letter.key())
                && isComplete(letter, Topics.PLACEMENTS, Map.of("ce_subject", subject)));
  }

  @Test
  void aSecondKeyForOneVolumeIsADeadLetter() {
    traffic.send(volume, 1, new VolumePlaced(host, "a", traffic.key()));
    traffic.send(volume, 2, new VolumePlaced(host, "a", new KeyId(UUID.randomUUID())));
    traffic.awaitDeadLetter(
        letter ->
            volume.toString().equals(letter.key())
                && KeyTraffic.header(letter, "drover_cause").contains("cannot apply"));
  }

  @Test
  void aDeadLetterThatWouldBeTooLargeSaysWhereItsValueStands() {
    byte[] large = new byte[NEARLY_THE_LARGEST_RECORD];
    Arrays.fill(large, (byte) 'x');
    traffic.sendRaw(large);
    traffic.awaitDeadLetter(
        letter ->
            letter.value().length == 0
                && !KeyTraffic.header(letter, "drover_offset").isEmpty()
                && isComplete(letter, Topics.DOMAIN_EVENTS, Map.of()));
  }

  private static boolean isComplete(
      ConsumerRecord<String, byte[]> letter, String topic, Map<String, String> ofTheEvent) {
    Map<String, byte[]> kept = new HashMap<>();
    ofTheEvent.forEach((name, value) -> kept.put(name, value.getBytes(StandardCharsets.UTF_8)));
    DeadLetterContract.check(KeyTraffic.headers(letter), EventSource.SECRETS, topic, kept);
    return true;
  }
}
