package io.drover.it.campaign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Faults in their order with the pause before each; one seed gives one schedule. */
record FaultSchedule(List<Step> steps) {
  private static final List<String> SERVICES =
      List.of("api-gateway", "scheduler", "secrets-service");

  /** A fault, and how long the suite is whole before it. */
  record Step(Duration before, Fault fault) {}

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
    String agent = host == 1 ? "host-agent" : "host-agent-" + host;
    String service = SERVICES.get(random.nextInt(SERVICES.size()));
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> new Fault.Killed(agent, away);
      case 3 -> new Fault.Stopped(agent, away);
      case 4 -> host == 1 ? new Fault.Stopped(service, away) : new Fault.Unplugged(host, away);
      case 5, 6 -> new Fault.Killed(service, away);
      case 7 -> new Fault.Standby(away);
      case 8 -> new Fault.DeadDatabase(away);
      default -> new Fault.DeadBroker(away);
    };
  }
}
