package io.drover.scheduler.ledger.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A host with what is published of it.
 *
 * @param claims how many claims are on it
 * @param published the last record; null before the first
 */
public record HostListing(
    Host host, ReportedFacts facts, int claims, @Nullable Published published) {
  /**
   * A record of the host.
   *
   * @param content what it says, without what changes with every report
   */
  public record Published(String content, long version, Instant at) {}
}
