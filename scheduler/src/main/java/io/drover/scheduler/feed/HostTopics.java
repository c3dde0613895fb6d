package io.drover.scheduler.feed;

import io.drover.contracts.id.HostId;
import io.drover.contracts.message.KafkaSettings;
import io.drover.contracts.message.Topics;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
  private final Admin admin;
  private final Set<HostId> made = ConcurrentHashMap.newKeySet();

  HostTopics(KafkaSettings kafka) {
    this.admin = Admin.create(kafka.admin("drover-scheduler-topics"));
  }

  /** Sees to it that the host's topic exists; asks Kafka once for each host. */
  public void ensure(HostId host) {
    if (made.contains(host)) {
      return;
    }
    NewTopic topic = new NewTopic(Topics.hostCommands(host), Optional.of(1), Optional.empty());
    try {
      admin.createTopics(List.of(topic)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new KafkaException(
            "The topic %s cannot be made (%s); until it can, the host gets no work. Look whether Kafka is up and lets the scheduler create topics."
                .formatted(topic.name(), e.getCause()),
            e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    }
    made.add(host);
  }

  @PreDestroy
  void close() {
    admin.close(Duration.ofSeconds(2));
  }
}
