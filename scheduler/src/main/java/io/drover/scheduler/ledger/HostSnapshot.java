package io.drover.scheduler.ledger;

import io.drover.contracts.id.HostId;
import io.drover.scheduler.config.SchedulerSettings;
import io.drover.scheduler.ledger.model.Host;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The hosts in memory, for decisions without a query. It may lag behind: a claim compares again in
 * the database, and nothing is refused before the snapshot was read anew. Thread-safe.
 */
@ApplicationScoped
public class HostSnapshot {
  private final Duration maxAge;
  private final Map<HostId, Host> hosts = new ConcurrentHashMap<>();
  private volatile Instant readAt = Instant.MIN;

  HostSnapshot(SchedulerSettings settings) {
    this.maxAge = settings.snapshotMaxAge();
  }

  /** The hosts, not older than the setting. */
  public List<Host> hosts(LedgerSession session, Instant now) {
    return readAt.isBefore(now.minus(maxAge)) ? reread(session, now) : List.copyOf(hosts.values());
  }

  /** The hosts as the database has them now. */
  public List<Host> reread(LedgerSession session, Instant now) {
    session.hosts().all().forEach(this::note);
    readAt = now;
    return List.copyOf(hosts.values());
  }

  public Optional<Host> find(HostId id) {
    return Optional.ofNullable(hosts.get(id));
  }

  /** How many hosts have reported lately. */
  public long countUp(Instant now, Duration downAfter) {
    return hosts.values().stream().filter(host -> host.isUp(now, downAfter)).count();
  }

  /** Takes over what the database said about a host last. */
  public void note(Host host) {
    if (host.isRemoved()) {
      hosts.remove(host.id());
    } else {
      hosts.put(host.id(), host);
    }
  }
}
