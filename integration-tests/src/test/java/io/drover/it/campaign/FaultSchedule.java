package io.drover.it.campaign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Faults in their order with the pause before each; one seed gives one schedule. */
record FaultSchedule(List<Step> steps) {
  private static final List<String> SERVICES =
      List.of("api-gateway", "scheduler", "secrets-service");

  /** One in so many faults of a host lasts until the host counts as down, and longer. */
  private static final int LONG = 8;

  /**
   * A fault.
   *
   * @param before how long after the beginning of the last one it begins, at the earliest
   */
  record Step(Duration before, Fault fault) {}

  boolean has(Class<? extends Fault> kind) {
    return steps.stream().map(Step::fault).anyMatch(kind::isInstance);
  }

  boolean hasTarget(String target) {
    return steps.stream().anyMatch(step -> step.fault().targets().contains(target));
  }

  /** The hosts whose disks are filled. */
  Set<Integer> fullHosts() {
    return of(FullHostDisk.class, FullHostDisk::host);
  }

  /** The services and agents whose clocks are set. */
  Set<String> steppedParts() {
    return of(SteppedClock.class, SteppedClock::part);
  }

  /** The services whose databases are restored. */
  Set<String> restoredServices() {
    return of(RestoredDatabase.class, RestoredDatabase::service);
  }

  private <F extends Fault, T> Set<T> of(Class<F> kind, Function<F, T> what) {
    return steps.stream()
        .map(Step::fault)
        .filter(kind::isInstance)
        .map(kind::cast)
        .map(what)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static FaultSchedule of(long seed, int count, int hosts) {
    Random random = new Random(seed);
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Duration before = Duration.ofMillis(100 + random.nextInt(1_400));
      steps.add(new Step(before, random.nextInt(4) == 0 ? ofAll(random) : ofPart(random, hosts)));
    }
    return new FaultSchedule(steps);
  }

  /** Of what all parts share. */
  private static Fault ofAll(Random random) {
    Duration lasts = Duration.ofMillis(300 + random.nextInt(4_000));
    return switch (random.nextInt(8)) {
      case 0 -> new StandbyDatabase(lasts);
      case 1 -> new KilledDatabase(lasts);
      case 2 -> new FullDatabaseDisk(lasts);
      case 3 -> new RestoredDatabase(random.nextBoolean() ? "scheduler" : "api-gateway", lasts);
      case 4 -> new KilledBroker(lasts);
      case 5, 6 -> new StoppedBroker(lasts);
      default -> new FullBrokerDisk(lasts);
    };
  }

  private static Fault ofPart(Random random, int hosts) {
    int most = random.nextInt(LONG) == 0 ? 20_000 : 4_000;
    Duration lasts = Duration.ofMillis(300 + random.nextInt(most));
    int host = 1 + random.nextInt(hosts);
    String agent = FaultSite.agentOf(host);
    String service = SERVICES.get(random.nextInt(SERVICES.size()));
    Duration by = Duration.ofMinutes(random.nextBoolean() ? 60 : -60);
    return switch (random.nextInt(12)) {
      case 0, 1 -> new KilledPart(agent, lasts);
      case 2, 3 -> new StoppedPart(agent, lasts);
      case 4 -> host == 1 ? new StoppedPart(service, lasts) : new UnpluggedHost(host, lasts);
      case 5, 6 -> new KilledPart(service, lasts);
      case 7 -> new StoppedPart(service, lasts);
      case 8, 9 -> new FullHostDisk(host, lasts);
      case 10 -> new SteppedClock(agent, by, lasts);
      default -> new SteppedClock(service, by, lasts);
    };
  }
}
