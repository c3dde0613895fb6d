package io.drover.gateway.topic;

import java.util.Map;

/**
 * Up to which offset the database has what a partition says. Every call belongs to the transaction
 * at hand.
 */
public interface TopicPositions {
  /** A partition of a topic. */
  record TopicPlace(String topic, int partition) {}

  /** The offset behind the last record that the database has, by partition. */
  Map<TopicPlace, Long> all();

  /** Keeps these offsets, where they are not lower than what is kept. */
  void keep(Map<TopicPlace, Long> next);

  /** Keeps these offsets, of a topic that was recreated. */
  void replace(Map<TopicPlace, Long> next);

  /** Whether the database had contents before it kept positions. */
  boolean olderThanPositions();

  /** Makes this gateway the one that compares, until the transaction ends, unless another is. */
  boolean tryLock();
}
