package io.drover.gateway.domain;

import io.drover.contracts.id.DomainId;
import io.drover.contracts.message.KafkaSettings;
import io.drover.contracts.message.Topics;
import io.drover.gateway.outbox.Outbox;
import io.drover.gateway.topic.feed.TopicRecord;
import io.drover.gateway.topic.feed.TopicTail;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Reads what stands on the compacted topic of states. A relay that has lost its session may send an
 * old state behind a newer one, and compaction would keep that one; the state of now is then
 * published again. Owns one thread.
 */
@Startup
@ApplicationScoped
class RepairingStates {
  private static final Logger LOG = Logger.getLogger(RepairingStates.class);

  /** What is read again at the start, for what came while no gateway ran. */
  private static final long BACKLOG = 10_000;

  private final Domains domains;
  private final DomainStatePublisher publishing;
  private final Counter late;
  private final TopicTail tail;

  RepairingStates(
      Domains domains,
      DomainStatePublisher publishing,
      KafkaSettings kafka,
      MeterRegistry metrics) {
    this.domains = domains;
    this.publishing = publishing;
    this.late =
        Counter.builder("drover.domain.states.late")
            .description("States of domains that came behind newer ones and were published again")
            .register(metrics);
    this.tail = new TopicTail(kafka, List.of(Topics.DOMAIN_STATE), BACKLOG, new Reading());
  }

  @PostConstruct
  void start() {
    tail.start();
  }

  void stop(@Observes ShutdownEvent event) {
    tail.close();
  }

  private void publishAgain(DomainId domain) {
    QuarkusTransaction.requiringNew()
        .run(
            () ->
                domains
                    .lock(domain)
                    .ifPresentOrElse(publishing::publish, () -> publishing.withdraw(domain)));
    late.increment();
  }

  private final class Reading implements TopicTail.Reader {
    private final LateStates states = new LateStates();
    private final Set<DomainId> outdated = new LinkedHashSet<>();

    @Override
    public void begin(Map<Integer, Long> offsets) {
      // Where reading begins makes no difference: versions are compared by domain.
    }

    @Override
    public void read(TopicRecord record) {
      if (states.isLate(record.key(), version(record))) {
        LOG.warnf(
            "The state of domain %s at %s/%d/%d came behind a newer one, of a relay that was not"
                + " the active one any more; the state of now is published again",
            record.key(), record.topic(), record.partition(), record.offset());
        outdated.add(DomainId.parse(record.key()));
      }
    }

    /** One that fails stays, and is tried again at the next read. */
    @Override
    public void settle() {
      for (DomainId domain : List.copyOf(outdated)) {
        try {
          publishAgain(domain);
          outdated.remove(domain);
        } catch (RuntimeException e) {
          LOG.warnf(
              "Publishing the state of domain %s again failed and is retried: %s",
              domain, e.getMessage());
          return;
        }
      }
    }

    /** A state of before there were versions is older than all that have one. */
    private long version(TopicRecord record) {
      byte[] version = record.headers().get(Outbox.STATE_VERSION);
      return version == null ? 0 : Long.parseLong(new String(version, StandardCharsets.UTF_8));
    }
  }
}
