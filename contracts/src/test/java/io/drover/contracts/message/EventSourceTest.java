package io.drover.contracts.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.HostId;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventSourceTest {
  private static final HostId HOST = new HostId(UUID.randomUUID());

  /** These strings are on the wire and decide who may have a key. */
  @Test
  void aSourceIsPrintedAsOnTheWire() {
    assertThat(EventSource.GATEWAY).hasToString("/api-gateway");
    assertThat(EventSource.SCHEDULER).hasToString("/scheduler");
    assertThat(EventSource.SECRETS).hasToString("/secrets-service");
    assertThat(EventSource.hostAgent(HOST)).hasToString("/host-agents/" + HOST);
  }

  @Test
  void anAgentIsReadBackAsItsHost() {
    assertThat(EventSource.of(from("/host-agents/" + HOST)).host()).contains(HOST);
    assertThat(EventSource.of(from("/scheduler")).host()).isEmpty();
    assertThat(EventSource.of(from("/host-agentsX")).host()).isEmpty();
    EventSource nobody = EventSource.of(from("/host-agents/x"));
    assertThatThrownBy(nobody::host).isInstanceOf(ProblemException.class);
  }

  @Test
  void onlyThePartItselfPublishedItsRecord() {
    assertThat(EventSource.SCHEDULER.published(from("/scheduler"))).isTrue();
    assertThat(EventSource.SCHEDULER.published(from("/scheduler/"))).isFalse();
    assertThat(EventSource.SCHEDULER.published(from("/host-agents/" + HOST))).isFalse();
  }

  private static Envelope<String> from(String source) {
    return new Envelope<>(
        UUID.randomUUID(), URI.create(source), "s", Instant.EPOCH, 1, 0, null, null, 0, "data");
  }
}
