package io.drover.gateway.topic.feed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * Topics that are read as one. Their partitions are numbered in turns, so that a partition that is
 * added to one of them changes the number of no other.
 */
record TopicNames(List<String> names) {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  TopicNames {
    names = List.copyOf(names);
  }

  /** The number of a partition among those of all the topics. */
  int number(TopicPartition partition) {
    return partition.partition() * names.size() + names.indexOf(partition.topic());
  }

  /**
   * All partitions, as far as the consumer knows.
   *
   * @throws KafkaException when a topic does not exist
   */
  List<TopicPartition> partitions(KafkaConsumer<String, byte[]> consumer) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (String name : names) {
      List<PartitionInfo> found = consumer.partitionsFor(name, PATIENCE);
      if (found == null || found.isEmpty()) {
        throw new KafkaException("the topic " + name + " does not exist");
      }
      found.forEach(info -> partitions.add(new TopicPartition(name, info.partition())));
    }
    return partitions;
  }

  @Override
  public String toString() {
    return String.join(", ", names);
  }
}
