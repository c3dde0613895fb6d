package io.drover.contracts.definition.cpu;

import io.drover.contracts.definition.memory.NumaCell;
import io.drover.contracts.definition.memory.NumaInterconnect;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes {@code <cpu>}. */
public final class CpuModelXml {
  private CpuModelXml() {}

  public static @Nullable CpuModel read(XmlElement domain, Vcpus vcpus) {
    XmlElement cpu = domain.child("cpu");
    if (cpu == null) {
      return null;
    }
    XmlValues values = cpu.values();
    XmlElement model = cpu.child("model");
    String name = model == null || model.text().isEmpty() ? null : model.text();
    if (name != null && !name.matches("[A-Za-z0-9_.+-]{1,64}")) {
      cpu.invalid("'" + name + "' is not the name of a CPU model.");
      name = null;
    }
    XmlElement topology = cpu.child("topology");
    CpuModel.Topology read = topology == null ? null : topology(topology);
    if (topology != null && read != null && read.cpus() != vcpus.max()) {
      topology.invalid(
          "sockets x dies x cores x threads is "
              + read.cpus()
              + ", but there are "
              + vcpus.max()
              + " vCPUs; make them equal.");
    }
    String mode = values.word("mode", "custom", "host-model", "host-passthrough", "maximum");
    XmlElement vendor = cpu.child("vendor");
    if (vendor != null && name == null) {
      vendor.invalid("A CPU <vendor> needs a <model> beside it.");
    }
    return new CpuModel(
        mode == null && name != null ? "custom" : mode,
        values.word("match", "minimum", "exact", "strict"),
        values.word("check", "none", "partial", "full"),
        values.onOff("migratable"),
        name,
        model == null ? null : model.values().word("fallback", "allow", "forbid"),
        vendor == null ? null : vendor.text(),
        model == null ? null : vendorId(model),
        physicalBits(cpu.child("maxphysaddr")),
        read,
        cache(cpu.child("cache")),
        features(cpu),
        NumaCell.readAll(cpu.child("numa")),
        NumaInterconnect.readAll(cpu.child("numa")));
  }

  private static CpuModel.@Nullable PhysicalBits physicalBits(@Nullable XmlElement element) {
    if (element == null) {
      return null;
    }
    String mode = element.values().word("mode", "emulate", "passthrough");
    Integer bits = element.values().integer("bits", 0, 64);
    if (mode == null && element.values().text("mode") == null) {
      element.invalid("<maxphysaddr> needs a 'mode': emulate or passthrough.");
    }
    if ("emulate".equals(mode) && bits == null) {
      element.invalid("mode='emulate' needs 'bits'.");
    }
    if ("passthrough".equals(mode) && bits != null) {
      element.invalid("bits", "mode='passthrough' takes the host's width; leave 'bits' out.");
    }
    return new CpuModel.PhysicalBits(mode == null ? "emulate" : mode, bits);
  }

  private static @Nullable String vendorId(XmlElement model) {
    String id = model.values().text("vendor_id");
    if (id != null && !id.matches("[^,]{12}")) {
      model.invalid("vendor_id", "It has exactly 12 characters, no comma among them.");
      return null;
    }
    return id;
  }

  private static CpuModel.Topology topology(XmlElement element) {
    XmlValues values = element.values();
    for (String name : List.of("sockets", "cores", "threads")) {
      if (element.attribute(name) == null) {
        values.required(name);
      }
    }
    values.neutral("clusters", "1");
    return new CpuModel.Topology(
        values.integerOr("sockets", 1, 1, Vcpus.MAX),
        values.integerOr("dies", 1, 1, Vcpus.MAX),
        values.integerOr("cores", 1, 1, Vcpus.MAX),
        values.integerOr("threads", 1, 1, Vcpus.MAX));
  }

  private static Map<String, String> cache(@Nullable XmlElement cache) {
    Map<String, String> found = new LinkedHashMap<>();
    if (cache != null) {
      if (cache.attribute("mode") == null) {
        cache.values().required("mode");
      }
      String mode = cache.values().word("mode", "emulate", "passthrough", "disable");
      Integer level = cache.values().integer("level", 1, 3);
      if (mode != null) {
        found.put("mode", mode);
      }
      if (level != null) {
        found.put("level", level.toString());
      }
    }
    return found;
  }

  private static Map<String, String> features(XmlElement cpu) {
    Map<String, String> found = new LinkedHashMap<>();
    for (XmlElement feature : cpu.children("feature")) {
      String name = feature.values().required("name");
      String policy =
          feature
              .values()
              .wordOr("policy", "require", "force", "require", "optional", "disable", "forbid");
      if (!name.matches("[A-Za-z0-9_.+-]{1,64}")) {
        feature.invalid("name", "'" + name + "' is not the name of a CPU feature.");
      } else if (found.putIfAbsent(name, policy) != null) {
        feature.invalid("name", "The CPU feature '" + name + "' stands here twice.");
      }
    }
    return found;
  }

  private static void writeNuma(CpuModel cpu, XmlWriter out) {
    if (!cpu.numa().isEmpty()) {
      out.open("numa");
      cpu.numa().forEach(cell -> cell.write(out));
      if (!cpu.interconnects().isEmpty()) {
        out.open("interconnects");
        cpu.interconnects().forEach(interconnect -> interconnect.write(out));
        out.close();
      }
      out.close();
    }
  }

  public static void write(CpuModel cpu, XmlWriter out) {
    out.open("cpu")
        .attribute("mode", cpu.mode())
        .attribute("match", cpu.match())
        .attribute("check", cpu.check())
        .attribute("migratable", cpu.migratable());
    if (cpu.model() != null || cpu.fallback() != null || cpu.vendorId() != null) {
      out.open("model")
          .attribute("fallback", cpu.fallback())
          .attribute("vendor_id", cpu.vendorId());
      if (cpu.model() == null) {
        out.close();
      } else {
        out.closeWith(cpu.model());
      }
    }
    out.element("vendor", cpu.vendor());
    out.part(
        cpu.physicalBits(),
        p ->
            out.open("maxphysaddr")
                .attribute("mode", p.mode())
                .attribute("bits", p.bits())
                .close());
    out.part(
        cpu.topology(),
        t ->
            out.open("topology")
                .attribute("sockets", t.sockets())
                .attribute("dies", t.dies())
                .attribute("cores", t.cores())
                .attribute("threads", t.threads())
                .close());
    if (!cpu.cache().isEmpty()) {
      out.open("cache");
      cpu.cache().forEach(out::attribute);
      out.close();
    }
    writeNuma(cpu, out);
    cpu.features()
        .forEach(
            (name, policy) ->
                out.open("feature").attribute("policy", policy).attribute("name", name).close());
    out.close();
  }
}
