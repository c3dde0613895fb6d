package io.drover.gateway.feed;

import io.drover.contracts.id.HostId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.EventSource;
import io.drover.contracts.message.UntrustedRecordException;
import io.drover.contracts.message.UntrustedRecordException.Reason;
import io.drover.contracts.signature.SignedRecord;
import io.drover.contracts.signature.SourceVerifier;
import io.drover.gateway.trust.UntrustedRecordLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may say something of a domain or volume: the scheduler, and the host that has the
 * claim that it is of. By the record's attributes alone, so that it also holds for one that cannot
 * be read.
 */
@ApplicationScoped
public class EventAuthority {
  private final SourceVerifier sources;
  private final Placements placements;
  private final UntrustedRecordLog untrusted;

  EventAuthority(SourceVerifier sources, Placements placements, UntrustedRecordLog untrusted) {
    this.sources = sources;
    this.placements = placements;
    this.untrusted = untrusted;
  }

  /** What becomes of an event. */
  public enum Verdict {
    BELIEVED,
    /** Its claim is not known yet. */
    EARLY
  }

  /**
   * Whether the source may say it; within a transaction.
   *
   * @throws UntrustedRecordException when it may not
   */
  Verdict judge(ReceivedEvent received) {
    return judge(received, placements);
  }

  /** Logs and counts what is not believed. */
  void note(ReceivedEvent received, UntrustedRecordException why) {
    untrusted.note(
        received.topic(), received.partition(), received.offset(), received.headers(), why);
  }

  /**
   * The same by claims that were looked up elsewhere.
   *
   * @throws UntrustedRecordException when it may not
   */
  public Verdict judge(ReceivedEvent received, ClaimDirectory claims) {
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
        source
            .host()
            .orElseThrow(
                () -> untrusted(Reason.SOURCE, source + " says nothing of domains or volumes"));
    UUID subject = uuid(attribute(headers, "subject"));
    long generation = number(attribute(headers, "generation"));
    Optional<ClaimDirectory.ClaimHolder> holder = claims.holder(subject, generation);
    if (holder.isEmpty() && claims.isAwaited(subject, generation)) {
      return Verdict.EARLY;
    }
    if (holder.filter(known -> known.host().equals(host)).isEmpty()) {
      throw untrusted(
          Reason.CLAIM,
          "%s has no claim of generation %d on %s".formatted(source, generation, subject));
    }
    requireProject(headers, holder.get().project());
    return Verdict.BELIEVED;
  }

  /** What it says of its own domain is shown to the project of that domain alone. */
  private static void requireProject(Map<String, byte[]> headers, @Nullable ProjectId owner) {
    Optional<String> named = CloudEvents.attribute(headers, "projectid");
    if (owner != null && named.isPresent() && !named.get().equals(owner.toString())) {
      throw untrusted(
          Reason.CLAIM,
          "The record names project %s, and its claim is of project %s"
              .formatted(named.get(), owner));
    }
  }

  private static String attribute(Map<String, byte[]> headers, String name) {
    return CloudEvents.attribute(headers, name)
        .orElseThrow(() -> untrusted(Reason.SOURCE, "The record lacks ce_" + name));
  }

  private static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new UntrustedRecordException(
          Reason.SOURCE, "ce_source is no URI; look for its writer.", e);
    }
  }

  private static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new UntrustedRecordException(
          Reason.SOURCE, "ce_subject is no UUID; look for its writer.", e);
    }
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new UntrustedRecordException(
          Reason.SOURCE, "ce_generation is no number; look for its writer.", e);
    }
  }

  private static UntrustedRecordException untrusted(Reason reason, String what) {
    return new UntrustedRecordException(
        reason, what + "; look for a host or program that writes what is not its own.");
  }
}
