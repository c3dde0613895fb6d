package io.drover.contracts.message;

import io.drover.contracts.message.UntrustedRecordException.Reason;
import java.util.Locale;
import java.util.Map;

/**
 * What every part that reads records logs and counts of one that it does not believe.
 *
 * @param topic where it is
 * @param position partition and offset there
 * @param type the CloudEvents type that it has; anybody may have written it
 * @param source the part that it says it is of; anybody may have written it
 * @param subject what it says it is about
 * @param reason why it is not believed
 * @param cause the same as a sentence, with the remedy
 */
public record UntrustedRecord(
    String topic,
    String position,
    String type,
    String source,
    String subject,
    Reason reason,
    String cause) {
  /** The counter of each part, with the tags {@link #tags}. */
  public static final String METRIC = "drover.records.refused";

  /** What the counter means. */
  public static final String DESCRIPTION =
      "Records that were refused because of who says them, by topic, type and reason";

  private static final int MAX_CHARS = 100;

  /** Of a record at its place. */
  public static UntrustedRecord of(
      String topic,
      int partition,
      long offset,
      Map<String, byte[]> headers,
      UntrustedRecordException why) {
    return new UntrustedRecord(
        topic,
        partition + "@" + offset,
        printable(headers, "type"),
        printable(headers, "source"),
        printable(headers, "subject"),
        why.reason(),
        why.problem().detail());
  }

  /** Names and values in turns; a type that no part has is {@code unknown}, so that few exist. */
  public String[] tags() {
    return new String[] {
      "topic",
      topic,
      "type",
      MessageTypes.find(type).isPresent() ? type : "unknown",
      "reason",
      reason.name().toLowerCase(Locale.ROOT)
    };
  }

  /** The line for the log. */
  public String sentence() {
    return ("Record %s-%s is refused and has no effect: it names the source %s, type %s, subject"
            + " %s; %s")
        .formatted(topic, position, source, type, subject, cause);
  }

  /** What a stranger wrote, without what would end the line or fill the log. */
  private static String printable(Map<String, byte[]> headers, String attribute) {
    String text = CloudEvents.attribute(headers, attribute).orElse("(none)");
    String shortened = text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS) + "...";
    return shortened.replaceAll("[^\\x20-\\x7e]", "?");
  }
}
