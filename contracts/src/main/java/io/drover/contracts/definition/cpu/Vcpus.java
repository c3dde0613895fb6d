package io.drover.contracts.definition.cpu;

import io.drover.contracts.definition.common.CpuSet;
import io.drover.contracts.definition.common.Given;
import io.drover.contracts.definition.xml.Numbers;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
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

  public Vcpus {
    each = Given.list(each);
    iothreads = Given.list(iothreads);
  }

  /**
   * One vCPU.
   *
   * @param enabled whether it is there at start
   * @param hotpluggable whether it can be pulled out; it is then plugged in after the start
   * @param order its turn among those that are plugged in
   */
  public record Vcpu(
      int id, boolean enabled, @Nullable Boolean hotpluggable, @Nullable Integer order) {}

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
    XmlElement list = domain.child("vcpus");
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
    BitSet orders = new BitSet();
    for (XmlElement element : list.children("vcpu")) {
      XmlValues values = element.values();
      Integer id = values.integer("id", 0, MAX);
      Boolean enabled = values.yesNo("enabled");
      Boolean hotpluggable = values.yesNo("hotpluggable");
      Integer order = values.integer("order", 1, MAX);
      if (id == null || enabled == null) {
        element.invalid("<vcpu> needs 'id' and 'enabled'.");
        continue;
      }
      if (id >= max || seen.get(id)) {
        element.invalid("id", "vCPUs have the numbers 0 to " + (max - 1) + ", each once.");
      }
      if (id == 0 && !enabled) {
        element.invalid("enabled", "vCPU 0 must be there at start.");
      }
      if (!enabled && order != null) {
        element.invalid("order", "A vCPU that is not there at start has no 'order'.");
      }
      if (!enabled && Boolean.FALSE.equals(hotpluggable)) {
        element.invalid(
            "hotpluggable", "A vCPU that is not there at start can only be plugged in.");
      }
      if (order != null && orders.get(order)) {
        element.invalid("order", "The order " + order + " is used twice.");
      }
      seen.set(id);
      if (order != null) {
        orders.set(order);
      }
      found.add(new Vcpu(id, enabled, hotpluggable, order));
    }
    if (!found.isEmpty() && seen.cardinality() != max) {
      list.invalid("<vcpus> must say of each of the " + max + " vCPUs whether it is enabled.");
    }
    long ordered = found.stream().filter(vcpu -> vcpu.order != null).count();
    if (ordered != 0 && ordered != found.stream().filter(Vcpu::enabled).count()) {
      list.invalid("Either all vCPUs that are there at start have an 'order', or none.");
    }
    found.sort(java.util.Comparator.comparingInt(Vcpu::id));
    return found;
  }

  private static List<IoThread> ioThreads(XmlElement domain) {
    XmlElement threads = domain.child("iothreads");
    Long given = threads == null ? null : Numbers.ofText(threads, 0, MAX_IO_THREADS);
    List<IoThread> found = new ArrayList<>();
    BitSet used = new BitSet();
    XmlElement ids = domain.child("iothreadids");
    for (XmlElement element : ids == null ? List.<XmlElement>of() : ids.children("iothread")) {
      Integer id = element.values().integer("id", 1, Integer.MAX_VALUE);
      if (id == null || used.get(id)) {
        element.invalid("id", "<iothread> needs an 'id' of its own, from 1.");
        continue;
      }
      used.set(id);
      Vcpus.ThreadPool pool = pool(element);
      found.add(new IoThread(id, pool.min == null && pool.max == null ? null : pool));
    }
    if (found.size() > MAX_IO_THREADS) {
      domain.invalid("A domain has at most " + MAX_IO_THREADS + " I/O threads.");
    }
    long count = given == null ? 0 : given;
    for (int id = 1; found.size() < count; id++) {
      if (!used.get(id)) {
        found.add(new IoThread(id, null));
      }
    }
    return found;
  }

  private static ThreadPool pool(XmlElement element) {
    XmlValues values = element.values();
    Integer min = values.integer("thread_pool_min", 0, Integer.MAX_VALUE);
    Integer max = values.integer("thread_pool_max", 1, Integer.MAX_VALUE);
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
      for (Vcpu vcpu : each) {
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
