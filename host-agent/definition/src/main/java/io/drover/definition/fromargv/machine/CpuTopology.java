package io.drover.definition.fromargv.machine;

import io.drover.definition.fromargv.line.ArgvRefusal;
import io.drover.definition.fromargv.line.Values;
import org.jspecify.annotations.Nullable;

/** How many CPUs there are and how they are arranged, with what QEMU works out by itself. */
record CpuTopology(
    long present, long all, long sockets, long dies, boolean diesSaid, long cores, long threads) {
  private static final long MOST = 1L << 20;

  /**
   * Reads {@code -smp}.
   *
   * @param preferSockets as machines before 6.2, which filled sockets and not cores
   */
  static CpuTopology read(Values values, boolean preferSockets) {
    Long cpus = number(values, "cpus");
    Long max = number(values, "maxcpus");
    Long sockets = number(values, "sockets");
    Long dies = number(values, "dies");
    Long cores = number(values, "cores");
    Long threads = number(values, "threads");
    if (values.is("clusters", "1")) {
      values.take("clusters");
    }
    long die = or(dies);
    Long wanted = max == null ? cpus : max;
    if (wanted != null) {
      boolean fillSockets = preferSockets ? sockets == null : cores != null && sockets == null;
      if (fillSockets) {
        sockets = wanted / (die * or(cores) * or(threads));
      } else if (cores == null) {
        cores = wanted / (or(sockets) * die * or(threads));
      } else if (threads == null) {
        threads = wanted / (or(sockets) * die * cores);
      }
    }
    long product = or(sockets) * die * or(cores) * or(threads);
    long all = wanted == null ? product : wanted;
    return new CpuTopology(
        cpus == null ? all : cpus, all, or(sockets), die, dies != null, or(cores), or(threads));
  }

  private static @Nullable Long number(Values values, String key) {
    Long number = values.takeNumber(key);
    if (number != null && (number < 1 || number > MOST)) {
      throw ArgvRefusal.of(
          "-smp: " + key + "=" + number + " is no number of CPUs; write 1 to " + MOST + ".");
    }
    return number;
  }

  private static long or(@Nullable Long value) {
    return value == null || value < 1 ? 1 : value;
  }
}
