package io.drover.contracts.definition;

import io.drover.contracts.definition.xml.Numbers;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlWriter;
import org.jspecify.annotations.Nullable;

/**
 * The virtual CPUs and the I/O threads.
 *
 * @param max how many the domain may have, from 1
 * @param current how many are there at start; null for all
 * @param cpuset the host CPUs they may run on, as in {@code 0-3,^1}
 * @param iothreads I/O threads, numbered from 1
 */
public record Vcpus(
    int max,
    @Nullable Integer current,
    @Nullable String placement,
    @Nullable String cpuset,
    int iothreads) {
  /** The most that any emulator here takes. */
  public static final int MAX = 710;

  private static final int MAX_IO_THREADS = 256;

  static Vcpus read(XmlElement domain) {
    XmlElement vcpu = domain.child("vcpu");
    XmlElement threads = domain.child("iothreads");
    Long iothreads = threads == null ? (Long) 0L : Numbers.ofText(threads, 0, MAX_IO_THREADS);
    int io = iothreads == null ? 0 : iothreads.intValue();
    if (vcpu == null) {
      return new Vcpus(1, null, null, null, io);
    }
    Long count = Numbers.ofText(vcpu, 1, MAX);
    int max = count == null ? 1 : count.intValue();
    Integer current = vcpu.values().integer("current", 1, MAX);
    if (current != null && count != null && current > max) {
      vcpu.invalid("current", "current='" + current + "' is more than the " + max + " vCPUs.");
    }
    return new Vcpus(
        max,
        current,
        vcpu.values().word("placement", "static", "auto"),
        CpuSet.checked(vcpu, vcpu.values().text("cpuset")),
        io);
  }

  void write(XmlWriter out) {
    out.open("vcpu")
        .attribute("placement", placement)
        .attribute("cpuset", cpuset)
        .attribute("current", current)
        .closeWith(max);
    out.element("iothreads", iothreads == 0 ? null : iothreads);
  }
}
