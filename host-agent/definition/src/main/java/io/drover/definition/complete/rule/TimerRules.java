package io.drover.definition.complete.rule;

import io.drover.contracts.definition.Clock;
import io.drover.definition.complete.builder.Faults;
import java.util.Map;
import java.util.Set;

/** What must hold for the clock and its timers: each knows some settings only. */
final class TimerRules {
  private static final String AT = "/domain/clock/timer";
  private static final Map<String, Set<String>> POLICIES =
      Map.of("rtc", Set.of("delay", "catchup"), "pit", Set.of("delay", "catchup", "discard"));
  private static final Set<String> WITHOUT_POLICY = Set.of("kvmclock", "hypervclock");
  private static final Set<String> TRACKS = Set.of("guest", "wall", "realtime");

  private TimerRules() {}

  static void check(Faults faults, Clock clock) {
    boolean nowhere = clock.timezone() == null || clock.timezone().isEmpty();
    if (clock.offset().equals("timezone") && nowhere) {
      faults.fault("/domain/clock", "offset='timezone' needs a 'timezone'.");
    }
    if (clock.offset().equals("absolute") && clock.start() == null) {
      faults.fault("/domain/clock", "offset='absolute' needs a 'start'.");
    }
    int count = clock.timers().size();
    for (int i = 0; i < count; i++) {
      timer(faults, AT + (count == 1 ? "" : "[" + (i + 1) + "]"), clock.timers().get(i));
    }
  }

  private static void timer(Faults faults, String at, Clock.Timer timer) {
    String name = timer.name();
    if (name.equals("platform")) {
      faults.fault(at, "unsupported timer type (name) 'platform'.");
      return;
    }
    String policy = timer.tickPolicy();
    boolean known = policy == null || POLICIES.getOrDefault(name, Set.of(policy)).contains(policy);
    if (!known || policy != null && WITHOUT_POLICY.contains(name)) {
      faults.fault(at, "unsupported " + name + " timer tickpolicy '" + policy + "'.");
    }
    if (timer.track() != null && !(name.equals("rtc") && TRACKS.contains(timer.track()))) {
      faults.fault(at, "unsupported " + name + " timer track '" + timer.track() + "'.");
    }
    if (timer.mode() != null && !name.equals("tsc")) {
      faults.fault(at, "timer " + name + " doesn't support setting of timer mode.");
    }
    if (timer.frequency() != null && !name.equals("tsc")) {
      faults.fault(at, "timer " + name + " doesn't support setting of timer frequency.");
    }
  }
}
