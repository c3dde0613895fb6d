package io.drover.agent.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.drover.agent.host.HostIdentity;
import io.drover.contracts.event.DomainObserved;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.id.SubjectId;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.message.EventSubject;
import io.drover.contracts.message.Topics;
import io.drover.contracts.time.NanoTicker;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DomainNoticesTest {
  private static final int PER_SECOND = 10;
  private static final int AT_ONCE = 100;
  private static final JsonNode EMPTY = JsonNodeFactory.instance.objectNode();

  private final AtomicLong now = new AtomicLong();
  private final HostIdentity host = new HostIdentity(new HostId(UUID.randomUUID()), "h", 1);
  private final DomainId domain = new DomainId(UUID.randomUUID());
  private final EventSubject about =
      new EventSubject(new SubjectId(domain.value()), new ProjectId(UUID.randomUUID()), null, 1);
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private Spool spool;
  private DomainNotices notices;

  @BeforeEach
  void open(@TempDir Path folder) {
    spool = Spool.open(folder, NanoTicker.system());
    EventPublisher events =
        new EventPublisher(
            spool,
            Long.MAX_VALUE,
            host,
            UUID::randomUUID,
            InstantSource.system(),
            OpenTelemetry.noop());
    notices = new DomainNotices(events, new EventRate(PER_SECOND, now::get), timer);
  }

  @AfterEach
  void close() {
    timer.shutdownNow();
    spool.close();
  }

  @Test
  void eventsOfQemuAboveTheRateAreDroppedAndCounted() {
    times(1000, () -> qmp("GUEST_PANICKED", 10));
    assertThat(sent()).hasSize(AT_ONCE);
    assertThat(notices.limited()).isEqualTo(900);
    now.addAndGet(Duration.ofSeconds(3).toNanos());
    times(1000, () -> qmp("RESET", 10));
    assertThat(sent()).hasSize(3 * PER_SECOND);
  }

  @Test
  void aLargeEventCountsAsMany() {
    times(1000, () -> qmp("BLOCK_JOB_ERROR", 49 * 1024));
    assertThat(sent()).hasSize(2);
  }

  @Test
  void oneDomainTakesNothingFromAnother() {
    times(1000, () -> qmp("RESET", 10));
    sent();
    DomainId other = new DomainId(UUID.randomUUID());
    notices.qmp(new QmpEventMessage(host.id(), other, "RESET", EMPTY, EMPTY), 2);
    assertThat(sent()).hasSize(1);
  }

  @Test
  void theLastOfManyStatesIsPublishedAsSoonAsTheRateAllows() {
    times(1000, () -> observed("paused"));
    observed("running");
    assertThat(states()).hasSize(AT_ONCE).containsOnly("paused");
    assertThat(notices.limited()).isEqualTo(900);
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(awaitStates()).containsExactly("running");
  }

  @Test
  void nothingOfADomainIsPublishedAfterItsEnd() throws Exception {
    times(AT_ONCE + 1, () -> observed("paused"));
    assertThat(states()).hasSize(AT_ONCE);
    notices.ended(domain);
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    timer.schedule(() -> {}, 200, TimeUnit.MILLISECONDS).get();
    assertThat(states()).isEmpty();
  }

  @Test
  void aRateThatWouldPublishNothingIsRefused() {
    assertThatThrownBy(() -> new EventRate(0, now::get)).hasMessageContaining("DROVER_EVENT_RATE");
  }

  private static void times(int count, Runnable action) {
    for (int i = 0; i < count; i++) {
      action.run();
    }
  }

  private void qmp(String event, int bytes) {
    notices.qmp(new QmpEventMessage(host.id(), domain, event, EMPTY, EMPTY), bytes);
  }

  private void observed(String state) {
    notices.observed(domain, about, new DomainObserved(host.id(), state, "user"));
  }

  private List<SpoolRecord> sent() {
    List<SpoolRecord> all = new ArrayList<>();
    Optional<Spool.Entry> next = spool.poll();
    while (next.isPresent()) {
      all.add(next.get().record());
      next = spool.poll();
    }
    return all;
  }

  private List<String> states() {
    return sent().stream()
        .peek(each -> assertThat(each.topic()).isEqualTo(Topics.DOMAIN_EVENTS))
        .map(each -> ContractJson.read(each.value(), DomainObserved.class).state())
        .toList();
  }

  private List<String> awaitStates() {
    long begun = System.nanoTime();
    List<String> found = states();
    while (found.isEmpty() && System.nanoTime() - begun < Duration.ofSeconds(20).toNanos()) {
      Thread.onSpinWait();
      found = states();
    }
    return found;
  }
}
