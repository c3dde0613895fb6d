package io.drover.scheduler.feed;

import io.drover.contracts.id.HostId;
import io.drover.contracts.message.KafkaSettings;
import io.drover.contracts.message.Replication;
import io.drover.contracts.message.Topics;
import io.drover.contracts.time.RecurringWork;
import io.drover.scheduler.config.SchedulerSettings;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jboss.logging.Logger;

/**
 * Makes the topic of a host when the host first reports, and knows how many commands it has had.
 * Thread-safe; calls block.
 */
@ApplicationScoped
public class HostTopics implements RecurringWork {
  /** Only whole segments are deleted, so they are small beside what is kept. */
  private static final long SEGMENT_BYTES = 16L * 1024 * 1024;

  private static final long ENDS_SECONDS = 4;
  private static final Logger LOG = Logger.getLogger(HostTopics.class);
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final Admin admin;
  private final SchedulerSettings.HostTopic settings;
  private final Set<HostId> made = ConcurrentHashMap.newKeySet();
  private final Map<HostId, Long> ends = new ConcurrentHashMap<>();

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

  /** The offset behind the host's last command, some seconds old; 0 while it is not known. */
  public long end(HostId host) {
    return ends.getOrDefault(host, 0L);
  }

  @Override
  public String name() {
    return "host-topic-ends";
  }

  @Override
  public Duration pause() {
    return EVERY;
  }

  @Override
  public void run() {
    Map<TopicPartition, HostId> hosts =
        made.stream()
            .collect(
                Collectors.toMap(
                    host -> new TopicPartition(Topics.hostCommands(host), 0), Function.identity()));
    if (hosts.isEmpty()) {
      return;
    }
    try {
      admin
          .listOffsets(
              hosts.keySet().stream()
                  .collect(Collectors.toMap(Function.identity(), p -> OffsetSpec.latest())))
          .all()
          .get(ENDS_SECONDS, TimeUnit.SECONDS)
          .forEach((partition, end) -> ends.put(hosts.get(partition), end.offset()));
    } catch (ExecutionException | TimeoutException e) {
      LOG.warnf(
          "How many commands wait for the hosts is not known, Kafka does not say; it is asked again:"
              + " %s",
          e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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
