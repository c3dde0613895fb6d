package io.drover.contracts.definition;

import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.common.Sizes;
import io.drover.contracts.definition.cpu.CpuTuning;
import io.drover.contracts.definition.cpu.Vcpus;
import io.drover.contracts.definition.memory.NumaTuning;
import io.drover.contracts.definition.storage.BlockTuning;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the host runs the domain, and how much of the host it has.
 *
 * @param memoryLimits hard_limit, soft_limit and swap_hard_limit of QEMU's memory, in KiB
 * @param partition the control group that the domain's is made in
 * @param fibreChannelId what its disk traffic is marked with in a Fibre Channel fabric
 * @param perfEvents the events of the host's CPUs that are counted or not, by name
 */
public record Tuning(
    CpuTuning cpu,
    NumaTuning numa,
    Map<String, Long> memoryLimits,
    BlockTuning block,
    @Nullable String partition,
    @Nullable String fibreChannelId,
    Map<String, Boolean> perfEvents) {
  public static final Tuning NONE =
      new Tuning(CpuTuning.NONE, NumaTuning.NONE, Map.of(), BlockTuning.NONE, null, null, Map.of());
  private static final List<String> LIMITS = List.of("hard_limit", "soft_limit", "swap_hard_limit");
  private static final int MAX_FABRIC_ID = 128;
  private static final List<String> EVENTS =
      List.of(
          "cmt",
          "mbmt",
          "mbml",
          "cpu_cycles",
          "instructions",
          "cache_references",
          "cache_misses",
          "branch_instructions",
          "branch_misses",
          "bus_cycles",
          "stalled_cycles_frontend",
          "stalled_cycles_backend",
          "ref_cpu_cycles",
          "cpu_clock",
          "task_clock",
          "page_faults",
          "context_switches",
          "cpu_migrations",
          "page_faults_min",
          "page_faults_maj",
          "alignment_faults",
          "emulation_faults");

  public Tuning {
    cpu = Defaults.or(cpu, CpuTuning.NONE);
    numa = Defaults.or(numa, NumaTuning.NONE);
    memoryLimits = Defaults.map(memoryLimits);
    block = Defaults.or(block, BlockTuning.NONE);
    perfEvents = Defaults.map(perfEvents);
  }

  static Tuning read(XmlElement domain, Vcpus vcpus) {
    XmlElement resource = domain.child("resource");
    XmlElement fabric = resource == null ? null : resource.child("fibrechannel");
    return new Tuning(
        CpuTuning.read(domain, vcpus),
        NumaTuning.read(domain),
        memoryLimits(domain.gathered("memtune")),
        BlockTuning.read(domain),
        resource == null ? null : partition(resource),
        fabric == null ? null : fabricId(fabric),
        perfEvents(domain.gathered("perf")));
  }

  private static Map<String, Long> memoryLimits(@Nullable XmlElement tune) {
    Map<String, Long> found = new LinkedHashMap<>();
    if (tune != null) {
      XmlElement guarantee = tune.child("min_guarantee");
      if (guarantee != null) {
        guarantee.readWhole();
        tune.invalid("QEMU has no <min_guarantee>; remove it.");
      }
      for (String name : LIMITS) {
        XmlElement limit = tune.child(name);
        Long kib = limit == null ? null : Sizes.kib(Sizes.bytes(limit, 0, "KiB"));
        if (kib != null) {
          found.put(name, kib);
        }
      }
    }
    return found;
  }

  private static String fabricId(XmlElement fabric) {
    String id = fabric.values().required("appid");
    if (!id.matches("\\p{Print}*") || id.length() > MAX_FABRIC_ID) {
      fabric.invalid(
          "appid", "It has at most " + MAX_FABRIC_ID + " characters, which can be printed.");
    }
    return id;
  }

  private static @Nullable String partition(XmlElement resource) {
    String partition = resource.childText("partition");
    if (partition == null && resource.child("fibrechannel") == null) {
      resource.invalid("<resource> needs a <partition> or a <fibrechannel>.");
    }
    if (partition != null && !partition.startsWith("/")) {
      resource.invalid("<partition> is a path that begins with '/'.");
    }
    return partition;
  }

  private static Map<String, Boolean> perfEvents(@Nullable XmlElement perf) {
    Map<String, Boolean> found = new LinkedHashMap<>();
    if (perf != null) {
      for (XmlElement event : perf.children("event")) {
        String name = event.values().word("name", EVENTS.toArray(String[]::new));
        Boolean enabled = event.values().yesNo("enabled");
        if (name == null || enabled == null) {
          event.invalid("<event> needs 'name' and 'enabled'.");
        } else if (found.putIfAbsent(name, enabled) != null) {
          event.invalid("name", "The event '" + name + "' stands here twice.");
        }
      }
    }
    return found;
  }

  /** Writes what libvirt puts before the machine itself. */
  void write(XmlWriter out) {
    block.write(out);
    if (!memoryLimits.isEmpty()) {
      out.open("memtune");
      memoryLimits.forEach((name, kib) -> out.open(name).attribute("unit", "KiB").closeWith(kib));
      out.close();
    }
    cpu.write(out);
    numa.write(out);
    if (partition != null || fibreChannelId != null) {
      out.open("resource").element("partition", partition);
      if (fibreChannelId != null) {
        out.open("fibrechannel").attribute("appid", fibreChannelId).close();
      }
      out.close();
    }
    if (!perfEvents.isEmpty()) {
      out.open("perf");
      perfEvents.forEach(
          (name, enabled) ->
              out.open("event").attribute("name", name).yesNo("enabled", enabled).close());
      out.close();
    }
  }
}
