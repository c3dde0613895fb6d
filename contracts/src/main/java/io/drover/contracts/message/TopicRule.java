package io.drover.contracts.message;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;

/**
 * Which topic a part says what it says on. Every host may write {@code drover.domain-events}, and
 * the scheduler alone {@code drover.placements} and {@code drover.hosts}: a record on any that
 * names another's writer is forged.
 */
public final class TopicRule {
  private TopicRule() {}

  /** Whether the source may have written that to this topic. */
  public static boolean allows(String topic, String source) {
    boolean scheduler = EventSource.SCHEDULER.toString().equals(source);
    return switch (topic) {
      case Topics.PLACEMENTS, Topics.HOSTS -> scheduler;
      case Topics.DOMAIN_EVENTS -> !scheduler;
      default -> true;
    };
  }

  /**
   * @throws ProblemException {@code FORBIDDEN} when the event is on a topic that its source does
   *     not write
   */
  public static void require(String topic, Envelope<?> envelope) {
    if (!allows(topic, envelope.source().toString())) {
      throw new ProblemException(
          ErrorCode.FORBIDDEN,
          "The event "
              + envelope.id()
              + " on "
              + topic
              + " names "
              + envelope.source()
              + " as its source, which does not write that topic; it has no effect. Look who may"
              + " write the topic.");
    }
  }
}
