package io.drover.gateway.feed;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether Kafka has assigned this gateway its share of the event topic's partitions: until then an
 * event that is published is read late. Thread-safe.
 */
@ApplicationScoped
@Identifier(EventPartitions.NAME)
public class EventPartitions implements KafkaConsumerRebalanceListener {
  public static final String NAME = "domain-events";

  private volatile boolean assigned;

  @Override
  public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    assigned = true;
  }

  /** True from the first assignment on; a later rebalance does not change it. */
  public boolean assigned() {
    return assigned;
  }
}
