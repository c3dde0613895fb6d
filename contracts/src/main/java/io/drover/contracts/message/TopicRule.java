package io.drover.contracts.message;

import io.drover.contracts.message.UntrustedRecordException.Reason;

/**
 * Which part says what on which topic. Every host may write {@code drover.domain-events} and {@code
 * drover.host-reports}, and the scheduler alone {@code drover.placements} and {@code drover.hosts}:
 * a record on any that names another's writer is forged.
 */
public final class TopicRule {
  private TopicRule() {}

  /** Whether the source may have written that to this topic. */
  public static boolean allows(String topic, String source) {
    return switch (topic) {
      case Topics.PLACEMENTS, Topics.HOSTS -> EventSource.SCHEDULER.toString().equals(source);
      case Topics.DOMAIN_COMMANDS, Topics.INVENTORY ->
          EventSource.GATEWAY.toString().equals(source);
      case Topics.DOMAIN_EVENTS ->
          EventSource.GATEWAY.toString().equals(source) || EventSource.isHostAgent(source);
      case Topics.HOST_REPORTS -> EventSource.isHostAgent(source);
      case Topics.AUDIT -> EventSource.SECRETS.toString().equals(source);
      default -> true;
    };
  }

  /**
   * @throws UntrustedRecordException when the event is on a topic that its source does not write
   */
  public static void require(String topic, Envelope<?> envelope) {
    if (!allows(topic, envelope.source().toString())) {
      throw new UntrustedRecordException(
          Reason.SOURCE,
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
