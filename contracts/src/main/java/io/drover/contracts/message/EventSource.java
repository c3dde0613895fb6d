package io.drover.contracts.message;

import io.drover.contracts.id.HostId;
import java.net.URI;
import java.util.Optional;

/**
 * The part that published an event or command, as its CloudEvents source names it. What a part may
 * say is decided by comparing sources: they are compared here and nowhere as text.
 */
public record EventSource(URI uri) {
  public static final EventSource GATEWAY = new EventSource(URI.create("/api-gateway"));
  public static final EventSource SCHEDULER = new EventSource(URI.create("/scheduler"));
  public static final EventSource SECRETS = new EventSource(URI.create("/secrets-service"));

  private static final String HOST_AGENTS = "/host-agents/";

  /** The agent of a host. */
  public static EventSource hostAgent(HostId host) {
    return new EventSource(URI.create(HOST_AGENTS + host));
  }

  /** The source of a record; it may be a part that this version does not know. */
  public static EventSource of(Envelope<?> envelope) {
    return new EventSource(envelope.source());
  }

  /** Whether the text is the source of some host's agent. */
  static boolean isHostAgent(String source) {
    return source.startsWith(HOST_AGENTS);
  }

  /** Whether this part published the record. */
  public boolean published(Envelope<?> envelope) {
    return uri.equals(envelope.source());
  }

  /**
   * The host whose agent this is; empty for every other part.
   *
   * @throws io.drover.contracts.error.ProblemException {@code INVALID_ID} for an agent of no host
   */
  public Optional<HostId> host() {
    String text = uri.toString();
    return text.startsWith(HOST_AGENTS)
        ? Optional.of(HostId.parse(text.substring(HOST_AGENTS.length())))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return uri.toString();
  }
}
