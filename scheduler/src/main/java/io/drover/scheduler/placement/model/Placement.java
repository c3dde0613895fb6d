package io.drover.scheduler.placement.model;

import io.drover.contracts.event.PlacementRefused;
import io.drover.scheduler.ledger.model.Host;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The placement decision. Pure: the same request over the same hosts gives the same answer. */
public final class Placement {
  /** Enough to outlive a few lost races; a longer list only makes the statement longer. */
  private static final int MAX_CANDIDATES = 8;

  /** Spreads: the most memory free first, then the most virtual CPUs; the id settles the rest. */
  private static final Comparator<Host> BEST_FIRST =
      Comparator.comparingLong(Host::freeMemoryMib)
          .reversed()
          .thenComparing(Comparator.comparingInt(Host::freeVcpus).reversed())
          .thenComparing(host -> host.id().value());

  private final List<PlacementRule> rules;
  private final Comparator<Host> bestFirst;

  private Placement(List<PlacementRule> rules, Comparator<Host> bestFirst) {
    this.rules = List.copyOf(rules);
    this.bestFirst = bestFirst;
  }

  public static Placement ofDomains() {
    return new Placement(
        List.of(
            new HostIsEnabled(),
            new HostIsUp(),
            new HostTakesCommands(),
            new AcceleratorUsable(),
            new IsolatesGuests(),
            new HasTheVolumes(),
            new EnoughVcpus(),
            new EnoughMemory()),
        BEST_FIRST);
  }

  /**
   * @param overcommit how many bytes of volumes a host may have for each that it really has
   */
  public static Placement ofVolumes(double overcommit) {
    return new Placement(
        List.of(
            new HostIsEnabled(),
            new HostIsUp(),
            new HostTakesCommands(),
            new NearIt(),
            new EnoughDisk(overcommit)),
        Comparator.comparingLong((Host host) -> host.disk().claimableBytes(overcommit))
            .reversed()
            .thenComparing(BEST_FIRST));
  }

  public PlacementDecision decide(PlacementRequest request, List<Host> hosts) {
    List<Host> left = new ArrayList<>(hosts);
    List<PlacementRefused.Filter> filters = new ArrayList<>();
    List<Shortfall> lastMisses = List.of();
    for (PlacementRule rule : rules) {
      List<Shortfall> misses = new ArrayList<>();
      List<Host> passed = new ArrayList<>();
      for (Host host : left) {
        Optional<Shortfall> miss = rule.miss(request, host);
        miss.ifPresentOrElse(misses::add, () -> passed.add(host));
      }
      if (!misses.isEmpty()) {
        filters.add(new PlacementRefused.Filter(rule.name(), misses.size()));
        lastMisses = misses;
      }
      left = passed;
    }
    if (left.isEmpty()) {
      return new PlacementDecision.NoHost(
          hosts.size(), filters, nearest(lastMisses), endsWithReport(request, hosts));
    }
    return new PlacementDecision.Placed(
        left.stream().sorted(bestFirst).limit(MAX_CANDIDATES).toList());
  }

  private boolean endsWithReport(PlacementRequest request, List<Host> hosts) {
    List<PlacementRule> lasting = rules.stream().filter(rule -> !rule.endsWithReport()).toList();
    return hosts.stream()
        .anyMatch(host -> lasting.stream().allMatch(rule -> rule.miss(request, host).isEmpty()));
  }

  /** The last rule that removed a host removed those that came furthest. */
  private static String nearest(List<Shortfall> misses) {
    return misses.stream()
        .min(Comparator.comparingDouble(Shortfall::shortfall).thenComparing(Shortfall::text))
        .map(Shortfall::text)
        .orElse("");
  }
}
