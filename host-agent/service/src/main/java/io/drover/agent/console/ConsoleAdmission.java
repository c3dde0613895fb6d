package io.drover.agent.console;

import io.drover.contracts.console.ConsoleTicket;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.HostId;
import io.drover.contracts.signature.RecordVerifier;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Takes each ticket once: one of a trusted gateway, for this host and the domain that is asked for,
 * in time. Thread-safe.
 */
public final class ConsoleAdmission {
  /** Far more than a host's consoles; each is forgotten when its time is over. */
  private static final int MAX_REMEMBERED = 10_000;

  private final RecordVerifier gateways;
  private final HostId host;
  private final InstantSource clock;
  private final Instant started;
  private final Map<UUID, Instant> taken = new HashMap<>();
  private long refused;

  public ConsoleAdmission(RecordVerifier gateways, HostId host, InstantSource clock) {
    this.gateways = gateways;
    this.host = host;
    this.clock = clock;
    this.started = clock.instant();
  }

  /**
   * Takes the ticket.
   *
   * @param domain the domain of the request's path
   * @throws ProblemException {@code FORBIDDEN} with the reason
   */
  synchronized ConsoleTicket take(String text, String domain) {
    try {
      ConsoleTicket ticket = ConsoleTicket.read(text, gateways);
      require(ticket.hostId().equals(host), "is for another host (" + ticket.hostId() + ")");
      require(ticket.domainId().toString().equals(domain), "is for another domain");
      requireInTime(ticket);
      requireFirst(ticket);
      return ticket;
    } catch (ProblemException e) {
      refused++;
      throw e;
    }
  }

  /** How many tickets were not taken since the start. */
  public synchronized long refused() {
    return refused;
  }

  /** How many tickets could still be brought again. */
  synchronized int remembered() {
    return taken.size();
  }

  private void requireInTime(ConsoleTicket ticket) {
    Instant now = clock.instant();
    String clocks = "; this host's clock says " + now + ": compare it with the gateway's";
    require(now.isBefore(ticket.openBefore()), "ended at " + ticket.openBefore() + clocks);
    // One that is valid for long is none of ours, and would have to be remembered as long.
    require(
        ticket.openBefore().isBefore(now.plus(ConsoleTicket.LIFE.multipliedBy(2))),
        "holds until " + ticket.openBefore() + clocks);
    // What was taken before this start is not remembered.
    require(
        !ticket.openBefore().minus(ConsoleTicket.LIFE).isBefore(started),
        "is older than this agent's start at " + started + "; open the console again" + clocks);
    require(now.isBefore(ticket.until()), "is of a login that ended at " + ticket.until());
  }

  private void requireFirst(ConsoleTicket ticket) {
    Instant now = clock.instant();
    taken.values().removeIf(end -> !now.isBefore(end));
    require(taken.size() < MAX_REMEMBERED, "is one of too many; wait for half a minute");
    require(taken.putIfAbsent(ticket.id(), ticket.openBefore()) == null, "was used before");
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new ProblemException(
          ErrorCode.FORBIDDEN, "The console ticket " + otherwise + "; open the console again.");
    }
  }
}
