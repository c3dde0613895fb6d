package io.drover.contracts.definition.cpu;

import io.drover.contracts.definition.common.CpuSet;
import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.xml.Numbers;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The host's processor time for the domain.
 *
 * @param shares {@code shares}, and periods and quotas in microseconds, by their names
 * @param vcpuPins host CPUs by number of vCPU
 * @param emulatorPin host CPUs of QEMU's own threads
 * @param iothreadPins host CPUs by number of I/O thread
 * @param caches parts of the host's caches and memory bandwidth
 */
public record CpuTuning(
    Map<String, Long> shares,
    Map<String, String> vcpuPins,
    @Nullable String emulatorPin,
    Map<String, String> iothreadPins,
    List<Scheduler> schedulers,
    List<CacheAllocation> caches) {
  public static final CpuTuning NONE =
      new CpuTuning(Map.of(), Map.of(), null, Map.of(), List.of(), List.of());
  private static final long MIN_PERIOD = 1_000;
  private static final long MAX_PERIOD = 1_000_000;
  private static final long MAX_QUOTA = 17_592_186_044_415L;
  private static final long MAX_SHARES = 262_144;
  private static final List<String> QUOTAS =
      List.of(
          "period",
          "quota",
          "global_period",
          "global_quota",
          "emulator_period",
          "emulator_quota",
          "iothread_period",
          "iothread_quota");

  public CpuTuning {
    shares = Defaults.map(shares);
    vcpuPins = Defaults.map(vcpuPins);
    iothreadPins = Defaults.map(iothreadPins);
    schedulers = Defaults.list(schedulers);
    caches = Defaults.list(caches);
  }

  /**
   * The scheduler of some threads.
   *
   * @param threads vcpu, iothread or emulator
   * @param set the numbers of the threads; null for the emulator
   * @param policy batch, idle, fifo or rr
   * @param priority of fifo and rr: 1 to 99
   */
  public record Scheduler(
      String threads, @Nullable String set, String policy, @Nullable Integer priority) {}

  public static CpuTuning read(XmlElement domain, Vcpus vcpus) {
    XmlElement tune = domain.gathered("cputune");
    if (tune == null) {
      return NONE;
    }
    XmlElement emulator = tune.child("emulatorpin");
    return new CpuTuning(
        shares(tune),
        vcpuPins(tune, vcpus),
        emulator == null ? null : CpuSet.checked(emulator, emulator.values().required("cpuset")),
        iothreadPins(tune, vcpus),
        schedulers(tune, vcpus),
        CacheAllocation.readAll(tune));
  }

  private static Map<String, Long> shares(XmlElement tune) {
    Map<String, Long> found = new LinkedHashMap<>();
    Long shares = put(found, tune, "shares", 0, Long.MAX_VALUE / 2);
    if (shares != null && (shares == 1 || shares > MAX_SHARES)) {
      tune.invalid("<shares> must be from 2 to " + MAX_SHARES + ".");
    }
    for (String name : QUOTAS) {
      boolean period = name.endsWith("period");
      Long value = put(found, tune, name, period ? 0 : Long.MIN_VALUE / 2, Long.MAX_VALUE / 2);
      long max = period ? MAX_PERIOD : MAX_QUOTA;
      if (value != null && value > 0 && (value < MIN_PERIOD || value > max)) {
        tune.invalid("<" + name + "> must be from " + MIN_PERIOD + " to " + max + ".");
      }
    }
    return found;
  }

  private static @Nullable Long put(
      Map<String, Long> found, XmlElement tune, String name, long min, long max) {
    XmlElement element = tune.child(name);
    Long value = element == null ? null : Numbers.ofText(element, min, max);
    if (value != null) {
      found.put(name, value);
    }
    return value;
  }

  private static Map<String, String> vcpuPins(XmlElement cpu, Vcpus vcpus) {
    Map<String, String> found = new LinkedHashMap<>();
    for (XmlElement pin : cpu.children("vcpupin")) {
      Integer vcpu = pin.values().integer("vcpu", 0, Integer.MAX_VALUE);
      String set = CpuSet.checked(pin, pin.values().required("cpuset"));
      if (vcpu == null || set == null) {
        pin.invalid("<vcpupin> needs 'vcpu' and 'cpuset'.");
      } else if (vcpu < vcpus.max() && found.putIfAbsent(vcpu.toString(), set) != null) {
        pin.invalid("vcpu", "vCPU " + vcpu + " is pinned twice.");
      }
    }
    return found;
  }

  private static Map<String, String> iothreadPins(XmlElement tune, Vcpus vcpus) {
    Map<String, String> found = new LinkedHashMap<>();
    for (XmlElement pin : tune.children("iothreadpin")) {
      Integer thread = pin.values().integer("iothread", 1, Integer.MAX_VALUE);
      String set = CpuSet.checked(pin, pin.values().required("cpuset"));
      if (thread == null || set == null) {
        pin.invalid("<iothreadpin> needs 'iothread' and 'cpuset'.");
      } else if (!vcpus.hasIothread(thread)) {
        pin.invalid("iothread", "There is no I/O thread " + thread + ".");
      } else if (found.putIfAbsent(thread.toString(), set) != null) {
        pin.invalid("iothread", "I/O thread " + thread + " is pinned twice.");
      }
    }
    return found;
  }

  private static List<Scheduler> schedulers(XmlElement tune, Vcpus vcpus) {
    List<Scheduler> found = new ArrayList<>();
    for (String threads : List.of("vcpu", "iothread", "emulator")) {
      Set<Integer> taken = new HashSet<>();
      for (XmlElement element : tune.children(threads + "sched")) {
        boolean emulator = threads.equals("emulator");
        String set =
            emulator ? null : CpuSet.checked(element, element.values().required(threads + "s"));
        scheduled(element, threads, set, vcpus, taken);
        if (element.attribute("scheduler") == null) {
          element.values().required("scheduler");
        }
        String policy =
            element.values().wordOr("scheduler", "batch", "batch", "idle", "fifo", "rr");
        Integer priority = element.values().integer("priority", 1, 99);
        boolean realTime = policy.equals("fifo") || policy.equals("rr");
        if (realTime && priority == null) {
          element.invalid("priority", "The scheduler '" + policy + "' needs 'priority'.");
        }
        found.add(new Scheduler(threads, set, policy, realTime ? priority : null));
      }
    }
    return found;
  }

  /** Each thread is there and has one scheduler. */
  private static void scheduled(
      XmlElement element, String threads, @Nullable String set, Vcpus vcpus, Set<Integer> taken) {
    if (set == null) {
      if (!taken.add(0)) {
        element.invalid("Only one <" + threads + "sched> is supported.");
      }
      return;
    }
    for (int number : CpuSet.numbers(set)) {
      boolean there =
          threads.equals("vcpu")
              ? number < vcpus.max()
              : vcpus.iothreads().stream().anyMatch(thread -> thread.id() == number);
      if (!there) {
        element.invalid(threads + "s", "The domain has no " + threads + " " + number + ".");
      } else if (!taken.add(number)) {
        element.invalid(threads + "s", threads + " " + number + " has a scheduler already.");
      } else {
        continue;
      }
      return;
    }
  }

  public void write(XmlWriter out) {
    if (equals(NONE)) {
      return;
    }
    out.open("cputune");
    shares.forEach(out::element);
    vcpuPins.forEach(
        (vcpu, set) ->
            out.open("vcpupin").attribute("vcpu", vcpu).attribute("cpuset", set).close());
    if (emulatorPin != null) {
      out.open("emulatorpin").attribute("cpuset", emulatorPin).close();
    }
    iothreadPins.forEach(
        (thread, set) ->
            out.open("iothreadpin").attribute("iothread", thread).attribute("cpuset", set).close());
    for (Scheduler scheduler : schedulers) {
      out.open(scheduler.threads + "sched")
          .attribute(scheduler.threads + "s", scheduler.set)
          .attribute("scheduler", scheduler.policy)
          .attribute("priority", scheduler.priority)
          .close();
    }
    caches.forEach(cache -> cache.write(out));
    out.close();
  }
}
