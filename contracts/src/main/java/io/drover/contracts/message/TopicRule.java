package io.drover.contracts.message;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;

/**
 * Which of the two topics of events a part says what it says on. Every host may write {@code
 * drover.domain-events}, and the scheduler alone {@code drover.placements}: a record on either that
 * names the other's writer is forged.
 */
public final class TopicRule {
  private TopicRule() {}

  /** Whether the source may have written that to this topic. */
  public static boolean allows(String topic, String source) {
    boolean scheduler = EventSource.SCHEDULER.toString().equals(source);
    return switch (topic) {
      case Topics.PLACEMENTS -> scheduler;
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
