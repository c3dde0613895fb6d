package io.drover.contracts.definition.cpu;

import io.drover.contracts.definition.common.CpuSet;
import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.xml.Numbers;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The virtual CPUs and the I/O threads.
 *
 * @param max how many the domain may have, from 1
 * @param current how many are there at start; null for all
 * @param cpuset the host CPUs they may run on, as in {@code 0-3,^1}
 * @param each what is said of single vCPUs, in the order of their numbers
 * @param iothreads the I/O threads that disks can be given to
 * @param defaultPool the size of the pool of QEMU's main thread
 */
public record Vcpus(
    int max,
    @Nullable Integer current,
    @Nullable String placement,
    @Nullable String cpuset,
    List<Vcpu> each,
    List<IoThread> iothreads,
    @Nullable ThreadPool defaultPool) {
  /** The most that any emulator here takes. */
  public static final int MAX = 710;

  private static final int MAX_IO_THREADS = 256;

  /** Workers of one thread, which QEMU starts on the host. */
  private static final int MAX_POOL = 1024;

  public Vcpus {
    each = Defaults.list(each);
    iothreads = Defaults.list(iothreads);
  }

  /**
   * One vCPU.
   *
   * @param enabled whether it is there at start
   * @param hotpluggable whether it can be pulled out; it is then plugged in after the start. Null
   *     for no, also of those that the definition does not tell of
   * @param order its turn among those that are plugged in
   */
  public record Vcpu(
      int id, boolean enabled, @Nullable Boolean hotpluggable, @Nullable Integer order) {
    /** Whether the definition says anything of it: those that it leaves out are not there. */
    private boolean said() {
      return enabled || hotpluggable != null;
    }

    /** Whether it is there from the start to the end. */
    boolean stays() {
      return enabled && !Boolean.TRUE.equals(hotpluggable);
    }
  }

  /** An I/O thread by its number, from 1. */
  public record IoThread(int id, @Nullable ThreadPool pool) {}

  /** How many workers a thread has; null for QEMU's default. */
  public record ThreadPool(@Nullable Integer min, @Nullable Integer max) {}

  public boolean hasIothread(int id) {
    return iothreads.stream().anyMatch(thread -> thread.id == id);
  }

  /** How many vCPUs the machine starts with: those that are plugged in later are not counted. */
  public int atStart() {
    if (each.isEmpty()) {
      return current == null ? max : current;
    }
    return (int)
        each.stream()
            .filter(vcpu -> vcpu.enabled && !Boolean.TRUE.equals(vcpu.hotpluggable))
            .count();
  }

  public static Vcpus read(XmlElement domain) {
    XmlElement vcpu = domain.child("vcpu");
    Long count = vcpu == null ? null : Numbers.ofText(vcpu, 1, MAX);
    int max = count == null ? 1 : count.intValue();
    Integer current = vcpu == null ? null : vcpu.values().integer("current", 1, MAX);
    if (vcpu != null && current != null && count != null && current > max) {
      vcpu.invalid("current", "current='" + current + "' is more than the " + max + " vCPUs.");
    }
    XmlElement list = domain.gathered("vcpus");
    List<Vcpu> each = list == null ? List.of() : each(list, max);
    if (list != null && !each.isEmpty()) {
      current = (int) each.stream().filter(Vcpu::enabled).count();
    }
    XmlElement pool = domain.child("defaultiothread");
    return new Vcpus(
        max,
        current,
        vcpu == null ? null : vcpu.values().word("placement", "static", "auto"),
        vcpu == null ? null : CpuSet.checked(vcpu, vcpu.values().text("cpuset")),
        each,
        ioThreads(domain),
        pool == null ? null : pool(pool));
  }

  private static List<Vcpu> each(XmlElement list, int max) {
    List<Vcpu> found = new ArrayList<>();
    BitSet seen = new BitSet();
    Set<Integer> orders = new HashSet<>();
    for (XmlElement element : list.children("vcpu")) {
      XmlValues values = element.values();
      Integer id = values.integer("id", 0, MAX);
      Boolean enabled = values.yesNo("enabled");
      Boolean hotpluggable = values.yesNo("hotpluggable");
      hotpluggable =
          hotpluggable == null && Boolean.FALSE.equals(enabled) ? Boolean.TRUE : hotpluggable;
      Integer order = values.integer("order", 0, Integer.MAX_VALUE);
      order = order == null || order == 0 ? null : order;
      if (id == null || enabled == null) {
        element.invalid("<vcpu> needs 'id' and 'enabled'.");
        continue;
      }
      if (id >= max || seen.get(id)) {
        element.invalid("id", "vCPUs have the numbers 0 to " + (max - 1) + ", each once.");
      }
      if (!enabled && Boolean.FALSE.equals(hotpluggable)) {
        element.invalid(
            "hotpluggable", "A vCPU that is not there at start can only be plugged in.");
      }
      if (order != null && !orders.add(order)) {
        element.invalid("order", "The order " + order + " is used twice.");
      }
      seen.set(id);
      found.add(new Vcpu(id, enabled, hotpluggable, order));
    }
    for (int id = seen.nextClearBit(0);
        !found.isEmpty() && id < max;
        id = seen.nextClearBit(id + 1)) {
      found.add(new Vcpu(id, false, null, null));
    }
    found.sort(Comparator.comparingInt(Vcpu::id));
    if (!found.isEmpty()) {
      inTurn(list, found);
    }
    return found;
  }

  /** vCPU 0 is there first; those that stay come before those that are plugged in. */
  private static void inTurn(XmlElement list, List<Vcpu> vcpus) {
    Vcpu first = vcpus.get(0);
    if (!first.enabled) {
      list.invalid("vCPU 0 must be there at start.");
    } else if (Boolean.TRUE.equals(first.hotpluggable)) {
      list.invalid("vCPU 0 cannot be hotpluggable.");
    }
    if (first.order != null && first.order != 1) {
      list.invalid("vCPU 0 must have the order 1.");
    }
    for (int id = 1; id < vcpus.size(); id++) {
      Vcpu before = vcpus.get(id - 1);
      Vcpu vcpu = vcpus.get(id);
      if (vcpu.enabled && (vcpu.order == null) != (first.order == null)) {
        list.invalid("Either all vCPUs that are there at start have an 'order', or none.");
        return;
      }
      if (vcpu.stays() && Boolean.TRUE.equals(before.hotpluggable)) {
        list.invalid("A vCPU that is not hotpluggable comes before those that are.");
        return;
      }
      if (vcpu.stays() && before.order != null && vcpu.order != null && before.order > vcpu.order) {
        list.invalid("vCPUs that are not hotpluggable have ascending orders.");
        return;
      }
    }
  }

  private static List<IoThread> ioThreads(XmlElement domain) {
    XmlElement threads = domain.child("iothreads");
    Long given = threads == null ? null : Numbers.ofText(threads, 0, MAX_IO_THREADS);
    List<IoThread> found = new ArrayList<>();
    // Not a set of bits: one high number would make it as wide as that number.
    Set<Integer> used = new HashSet<>();
    XmlElement ids = domain.gathered("iothreadids");
    for (XmlElement element : ids == null ? List.<XmlElement>of() : ids.children("iothread")) {
      Integer id = element.values().integer("id", 1, Integer.MAX_VALUE);
      if (id == null || !used.add(id)) {
        element.invalid("id", "<iothread> needs an 'id' of its own, from 1.");
        continue;
      }
      Vcpus.ThreadPool pool = pool(element);
      found.add(new IoThread(id, pool.min == null && pool.max == null ? null : pool));
    }
    if (found.size() > MAX_IO_THREADS) {
      domain.invalid("A domain has at most " + MAX_IO_THREADS + " I/O threads.");
    }
    long count = given == null ? 0 : given;
    for (int id = 1; found.size() < count; id++) {
      if (!used.contains(id)) {
        found.add(new IoThread(id, null));
      }
    }
    return found;
  }

  private static ThreadPool pool(XmlElement element) {
    XmlValues values = element.values();
    Integer min = values.integer("thread_pool_min", 0, MAX_POOL);
    Integer max = values.integer("thread_pool_max", 1, MAX_POOL);
    if (min != null && (max == null || min > max)) {
      element.invalid("thread_pool_min", "It needs a thread_pool_max that is not less.");
    }
    return new ThreadPool(min, max);
  }

  public void write(XmlWriter out) {
    out.open("vcpu")
        .attribute("placement", placement)
        .attribute("cpuset", cpuset)
        .attribute("current", current)
        .closeWith(max);
    if (!each.isEmpty()) {
      out.open("vcpus");
      for (Vcpu vcpu : each.stream().filter(Vcpu::said).toList()) {
        out.open("vcpu")
            .attribute("id", vcpu.id)
            .yesNo("enabled", vcpu.enabled)
            .yesNo("hotpluggable", vcpu.hotpluggable)
            .attribute("order", vcpu.order)
            .close();
      }
      out.close();
    }
    writeThreads(out);
  }

  private void writeThreads(XmlWriter out) {
    out.element("iothreads", iothreads.isEmpty() ? null : iothreads.size());
    if (!iothreads.isEmpty()) {
      out.open("iothreadids");
      for (IoThread thread : iothreads) {
        out.open("iothread").attribute("id", thread.id);
        out.part(thread.pool, pool -> write(pool, out));
        out.close();
      }
      out.close();
    }
    out.part(
        defaultPool,
        pool -> {
          out.open("defaultiothread");
          write(pool, out);
          out.close();
        });
  }

  private static void write(ThreadPool pool, XmlWriter out) {
    out.attribute("thread_pool_min", pool.min).attribute("thread_pool_max", pool.max);
  }
}
