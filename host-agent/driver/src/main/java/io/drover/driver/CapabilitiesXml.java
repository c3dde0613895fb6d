package io.drover.driver;

import io.drover.contracts.definition.xml.XmlWriter;
import io.drover.definition.cpu.CpuDescription;
import io.drover.driver.Emulator.Machine;
import io.drover.driver.HostDescription.CacheBank;
import io.drover.driver.HostDescription.Cpu;
import io.drover.driver.HostDescription.Distance;
import io.drover.driver.HostDescription.HostNumaCell;
import java.util.List;
import java.util.Map;

/**
 * Writes libvirt's capabilities document. What this driver has not is left out of it: migration,
 * and confinement by labels.
 */
public final class CapabilitiesXml {
  private static final int KIB_PER_MIB = 1024;

  /** libvirt's names of architectures that QEMU calls otherwise. */
  private static final Map<String, String> ARCHES =
      Map.of("i386", "i686", "arm", "armv7l", "ppc64le", "ppc64");

  private final XmlWriter xml = new XmlWriter();

  private CapabilitiesXml() {}

  /**
   * The document.
   *
   * @param accelerators those that a guest has been tried with; KVM is offered when it is usable
   */
  public static String write(
      HostDescription host, List<Emulator> emulators, List<AcceleratorFacts> accelerators) {
    CapabilitiesXml document = new CapabilitiesXml();
    document.xml.open("capabilities");
    document.host(host);
    boolean kvm =
        accelerators.stream().anyMatch(each -> each.name().equals("kvm") && each.usable());
    emulators.forEach(emulator -> document.guest(emulator, kvm));
    document.xml.close();
    return document.xml.toString();
  }

  private void host(HostDescription host) {
    xml.open("host");
    xml.element("uuid", host.uuid().orElse(null));
    xml.open("cpu");
    xml.element("arch", host.arch());
    host.cpu().ifPresent(this::cpu);
    xml.close();
    xml.open("power_management");
    host.sleepStates().forEach(state -> xml.open(state).close());
    xml.close();
    xml.open("iommu").attribute("support", host.iommu() ? "yes" : "no").close();
    xml.open("topology").open("cells").attribute("num", host.cells().size());
    host.cells().forEach(this::cell);
    xml.close().close();
    if (!host.caches().isEmpty()) {
      xml.open("cache");
      host.caches().forEach(this::cache);
      xml.close();
    }
    xml.open("secmodel").element("model", "none").element("doi", 0).close();
    xml.close();
  }

  private void cpu(HostCpu cpu) {
    cpu.model()
        .ifPresent(
            model -> {
              xml.element("model", model.model());
              xml.element("vendor", model.vendor().isEmpty() ? null : model.vendor());
            });
    cpu.microcode()
        .ifPresent(version -> xml.open("microcode").attribute("version", version).close());
    xml.open("signature")
        .attribute("family", cpu.facts().family())
        .attribute("model", cpu.facts().model())
        .attribute("stepping", cpu.facts().stepping())
        .close();
    xml.open("topology")
        .attribute("sockets", cpu.sockets())
        .attribute("dies", cpu.dies())
        .attribute("cores", cpu.cores())
        .attribute("threads", cpu.threads())
        .close();
    cpu.physicalBits()
        .ifPresent(
            bits ->
                xml.open("maxphysaddr")
                    .attribute("mode", "emulate")
                    .attribute("bits", bits)
                    .close());
    cpu.model().map(CpuDescription::require).orElse(List.of()).forEach(this::feature);
    for (long size : cpu.pageSizesKib()) {
      xml.open("pages").attribute("unit", "KiB").attribute("size", size).close();
    }
  }

  private void feature(String name) {
    xml.open("feature").attribute("name", name).close();
  }

  private void cell(HostNumaCell cell) {
    xml.open("cell").attribute("id", cell.id());
    xml.open("memory").attribute("unit", "KiB").closeWith(cell.memoryKib());
    for (HostDescription.Pages pages : cell.pages()) {
      xml.open("pages")
          .attribute("unit", "KiB")
          .attribute("size", pages.sizeKib())
          .closeWith(pages.count());
    }
    if (!cell.distances().isEmpty()) {
      xml.open("distances");
      for (Distance distance : cell.distances()) {
        xml.open("sibling")
            .attribute("id", distance.cell())
            .attribute("value", distance.value())
            .close();
      }
      xml.close();
    }
    xml.open("cpus").attribute("num", cell.cpus().size());
    for (Cpu cpu : cell.cpus()) {
      xml.open("cpu")
          .attribute("id", cpu.id())
          .attribute("socket_id", cpu.socket())
          .attribute("die_id", cpu.die())
          .attribute("core_id", cpu.core())
          .attribute("siblings", cpu.siblings())
          .close();
    }
    xml.close().close();
  }

  private void cache(CacheBank bank) {
    boolean whole = bank.sizeKib() % KIB_PER_MIB == 0;
    xml.open("bank")
        .attribute("id", bank.id())
        .attribute("level", bank.level())
        .attribute("type", bank.type())
        .attribute("size", whole ? bank.sizeKib() / KIB_PER_MIB : bank.sizeKib())
        .attribute("unit", whole ? "MiB" : "KiB")
        .attribute("cpus", bank.cpus())
        .close();
  }

  private void guest(Emulator emulator, boolean kvm) {
    boolean x86 = emulator.arch().equals("x86_64") || emulator.arch().equals("i386");
    xml.open("guest").element("os_type", "hvm");
    xml.open("arch").attribute("name", ARCHES.getOrDefault(emulator.arch(), emulator.arch()));
    xml.element(
        "wordsize", emulator.arch().contains("64") || emulator.arch().equals("s390x") ? 64 : 32);
    xml.element("emulator", emulator.path());
    emulator.machines().forEach(this::machine);
    if (emulator.tcg().isPresent()) {
      xml.open("domain").attribute("type", "qemu").close();
    }
    if (kvm && emulator.kvm().isPresent()) {
      xml.open("domain").attribute("type", "kvm").close();
    }
    xml.close().open("features");
    if (emulator.arch().equals("i386")) {
      xml.open("pae").close().open("nonpae").close();
    }
    if (x86) {
      xml.open("acpi").attribute("default", "on").attribute("toggle", "yes").close();
      xml.open("apic").attribute("default", "on").attribute("toggle", "no").close();
    }
    xml.open("cpuselection").close().open("deviceboot").close();
    xml.open("disksnapshot").attribute("default", "on").attribute("toggle", "no").close();
    xml.close().close();
  }

  private void machine(Machine machine) {
    machine(machine, machine.name(), false);
    machine.aliases().forEach(alias -> machine(machine, alias, true));
  }

  private void machine(Machine machine, String name, boolean alias) {
    xml.open("machine")
        .attribute("canonical", alias ? machine.name() : null)
        .attribute("maxCpus", machine.maxCpus())
        .attribute("deprecated", machine.deprecated() ? "yes" : null)
        .closeWith(name);
  }
}
