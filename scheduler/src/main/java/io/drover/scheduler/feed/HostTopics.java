package io.drover.scheduler.feed;

import io.drover.contracts.id.HostId;
import io.drover.contracts.message.KafkaSettings;
import io.drover.contracts.message.Replication;
import io.drover.contracts.message.Topics;
import io.drover.scheduler.config.SchedulerSettings;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes the topic of a host when the host first reports. Thread-safe; calls block. */
@ApplicationScoped
public class HostTopics {
  /** Only whole segments are deleted, so they are small beside what is kept. */
  private static final long SEGMENT_BYTES = 16L * 1024 * 1024;

  private final Admin admin;
  private final SchedulerSettings.HostTopic settings;
  private final Set<HostId> made = ConcurrentHashMap.newKeySet();

  HostTopics(KafkaSettings kafka, SchedulerSettings settings) {
    this.settings = settings.hostTopic();
    this.admin = Admin.create(kafka.admin("drover-scheduler-topics"));
  }

  /** Sees to it that the host's topic exists; asks Kafka once for each host. */
  public void ensure(HostId host) {
    if (made.contains(host)) {
      return;
    }
    String name = Topics.hostCommands(host);
    try {
      admin.createTopics(List.of(topic(name))).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new KafkaException(
            "The topic %s cannot be made (%s); until it can, the host gets no work. Look whether Kafka is up and lets the scheduler create topics."
                .formatted(name, e.getCause()),
            e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    }
    made.add(host);
  }

  private NewTopic topic(String name) throws ExecutionException, InterruptedException {
    Replication replication =
        settings.replication().isPresent()
            ? Replication.copies(settings.replication().getAsInt())
            : Replication.of(admin.describeCluster().nodes().get().size());
    return new NewTopic(name, 1, replication.copies())
        .configs(
            Map.of(
                "min.insync.replicas", Integer.toString(replication.minInSync()),
                "retention.ms", Long.toString(settings.retention().toMillis()),
                "retention.bytes", Long.toString(settings.retentionBytes()),
                "segment.bytes", Long.toString(SEGMENT_BYTES),
                "max.message.bytes", Integer.toString(settings.maxMessageBytes())));
  }

  @PreDestroy
  void close() {
    admin.close(Duration.ofSeconds(2));
  }
}
