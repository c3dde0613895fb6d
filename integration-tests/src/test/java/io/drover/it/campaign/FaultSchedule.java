package io.drover.it.campaign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Faults in their order with the pause before each; one seed gives one schedule. */
record FaultSchedule(List<Step> steps) {
  private static final List<String> SERVICES =
      List.of("api-gateway", "scheduler", "secrets-service");

  /** A fault, and how long the suite is whole before it. */
  record Step(Duration before, Fault fault) {}

  boolean has(Class<? extends Fault> kind) {
    return steps.stream().map(Step::fault).anyMatch(kind::isInstance);
  }

  /** The hosts whose disks are filled. */
  Set<Integer> fullHosts() {
    return of(Fault.FullHostDisk.class, Fault.FullHostDisk::host);
  }

  /** The hosts whose clocks are set. */
  Set<Integer> steppedHosts() {
    return of(Fault.SteppedClock.class, Fault.SteppedClock::host);
  }

  private <F extends Fault> Set<Integer> of(Class<F> kind, Function<F, Integer> host) {
    return steps.stream()
        .map(Step::fault)
        .filter(kind::isInstance)
        .map(kind::cast)
        .map(host)
        .collect(Collectors.toSet());
  }

  static FaultSchedule of(long seed, int count, int hosts) {
    Random random = new Random(seed);
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Duration before = Duration.ofMillis(200 + random.nextInt(3_000));
      steps.add(new Step(before, fault(random, hosts)));
    }
    return new FaultSchedule(steps);
  }

  private static Fault fault(Random random, int hosts) {
    Duration away = Duration.ofMillis(300 + random.nextInt(6_000));
    int host = 1 + random.nextInt(hosts);
    String agent = FaultInjector.agentOf(host);
    String service = SERVICES.get(random.nextInt(SERVICES.size()));
    Duration by = Duration.ofMinutes(random.nextBoolean() ? 60 : -60);
    return switch (random.nextInt(16)) {
      case 0, 1, 2 -> new Fault.Killed(agent, away);
      case 3, 4 -> new Fault.Stopped(agent, away);
      case 5 -> host == 1 ? new Fault.Stopped(service, away) : new Fault.Unplugged(host, away);
      case 6, 7 -> new Fault.Killed(service, away);
      case 8, 9 -> new Fault.FullHostDisk(host, away);
      case 10 -> new Fault.FullDatabaseDisk(away);
      case 11 -> new Fault.SteppedClock(host, by, away);
      case 12 -> new Fault.RestoredScheduler(away);
      case 13 -> new Fault.Standby(away);
      case 14 -> new Fault.DeadDatabase(away);
      default -> new Fault.DeadBroker(away);
    };
  }
}
