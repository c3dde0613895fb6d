package io.drover.contracts.definition;

import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the host runs the domain.
 *
 * @param vcpuPins host CPUs by number of vCPU
 * @param memoryMode strict, preferred, interleave or restrictive; null for no tuning
 * @param memoryNodes the host's NUMA nodes that the memory comes from
 */
public record Tuning(
    Map<String, String> vcpuPins, @Nullable String memoryMode, @Nullable String memoryNodes) {
  public static final Tuning NONE = new Tuning(Map.of(), null, null);

  public Tuning {
    vcpuPins = Given.map(vcpuPins);
  }

  static Tuning read(XmlElement domain, Vcpus vcpus) {
    XmlElement cpu = domain.child("cputune");
    XmlElement numa = domain.child("numatune");
    XmlElement memory = numa == null ? null : numa.child("memory");
    String nodes = null;
    String mode = null;
    if (memory != null) {
      nodes = CpuSet.checked(memory, memory.values().text("nodeset"));
      mode =
          memory
              .values()
              .wordOr("mode", "strict", "strict", "preferred", "interleave", "restrictive");
      if (nodes == null) {
        memory.invalid("<memory> in <numatune> needs 'nodeset'.");
      }
    }
    return new Tuning(cpu == null ? Map.of() : pins(cpu, vcpus), mode, nodes);
  }

  private static Map<String, String> pins(XmlElement cpu, Vcpus vcpus) {
    Map<String, String> found = new LinkedHashMap<>();
    for (XmlElement pin : cpu.children("vcpupin")) {
      Integer vcpu = pin.values().integer("vcpu", 0, Vcpus.MAX);
      String set = CpuSet.checked(pin, pin.values().required("cpuset"));
      if (vcpu == null || set == null) {
        pin.invalid("<vcpupin> needs 'vcpu' and 'cpuset'.");
      } else if (vcpu < vcpus.max() && found.putIfAbsent(vcpu.toString(), set) != null) {
        pin.invalid("vcpu", "vCPU " + vcpu + " is pinned twice.");
      }
    }
    return found;
  }

  void write(XmlWriter out) {
    if (!vcpuPins.isEmpty()) {
      out.open("cputune");
      vcpuPins.forEach(
          (vcpu, set) ->
              out.open("vcpupin").attribute("vcpu", vcpu).attribute("cpuset", set).close());
      out.close();
    }
    if (memoryNodes != null) {
      out.open("numatune")
          .open("memory")
          .attribute("mode", memoryMode)
          .attribute("nodeset", memoryNodes)
          .close()
          .close();
    }
  }
}
