package io.drover.gateway.feed;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.HostId;
import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.EventSource;
import io.drover.contracts.signature.SignedRecord;
import io.drover.contracts.signature.SourceVerifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Decides who may say something of a domain or volume: the scheduler, and the host that has the
 * claim that it is of. By the record's attributes alone, so that it also holds for one that cannot
 * be read.
 */
@ApplicationScoped
class EventAuthority {
  private final SourceVerifier sources;
  private final Placements placements;

  EventAuthority(SourceVerifier sources, Placements placements) {
    this.sources = sources;
    this.placements = placements;
  }

  /** What becomes of an event. */
  enum Verdict {
    BELIEVED,
    /** Its claim is not known yet. */
    EARLY
  }

  /**
   * Whether the source may say it; within a transaction.
   *
   * @throws ProblemException {@code FORBIDDEN} when it may not
   */
  Verdict judge(ReceivedEvent received) {
    Map<String, byte[]> headers = received.headers();
    byte[] value = received.value();
    sources.require(
        new SignedRecord(
            received.topic(), received.key(), headers, value == null ? new byte[0] : value));
    EventSource source = new EventSource(uri(attribute(headers, "source")));
    if (source.equals(EventSource.SCHEDULER) || source.equals(EventSource.GATEWAY)) {
      return Verdict.BELIEVED;
    }
    HostId host =
        source.host().orElseThrow(() -> forbidden(source + " says nothing of domains or volumes"));
    UUID subject = uuid(attribute(headers, "subject"));
    long generation = number(attribute(headers, "generation"));
    Optional<HostId> placed = placements.host(subject, generation);
    if (placed.isEmpty() && placements.isAwaited(subject, generation)) {
      return Verdict.EARLY;
    }
    if (placed.filter(host::equals).isEmpty()) {
      throw forbidden(
          "%s has no claim of generation %d on %s".formatted(source, generation, subject));
    }
    return Verdict.BELIEVED;
  }

  private static String attribute(Map<String, byte[]> headers, String name) {
    return CloudEvents.attribute(headers, name)
        .orElseThrow(() -> forbidden("The record lacks ce_" + name));
  }

  private static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          ErrorCode.FORBIDDEN, "ce_source is no URI; look for its writer.", e);
    }
  }

  private static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          ErrorCode.FORBIDDEN, "ce_subject is no UUID; look for its writer.", e);
    }
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new ProblemException(
          ErrorCode.FORBIDDEN, "ce_generation is no number; look for its writer.", e);
    }
  }

  private static ProblemException forbidden(String what) {
    return new ProblemException(
        ErrorCode.FORBIDDEN,
        what + "; look for a host or program that writes what is not its own.");
  }
}
