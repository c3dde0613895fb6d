package io.drover.contracts.definition;

import io.drover.contracts.definition.cpu.CpuModel;
import io.drover.contracts.definition.cpu.CpuModelXml;
import io.drover.contracts.definition.cpu.Vcpus;
import io.drover.contracts.definition.device.Device;
import io.drover.contracts.definition.device.DevicesXml;
import io.drover.contracts.definition.device.MemoryDevice;
import io.drover.contracts.definition.memory.MemorySize;
import io.drover.contracts.definition.memory.NumaCell;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlFaults;
import io.drover.contracts.definition.xml.XmlLimits;
import io.drover.contracts.definition.xml.XmlScan;
import io.drover.contracts.definition.xml.XmlWriter;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * libvirt's domain XML, read and written. Reading refuses every element and attribute that it does
 * not know, by its path, and reports all faults of a document at once. Pure; for any thread.
 */
public final class DomainXml {
  private DomainXml() {}

  /**
   * Reads a definition.
   *
   * @throws ProblemException with a fault for each thing wrong, in the order of the document
   */
  public static DomainDefinition read(String xml) {
    XmlFaults faults = new XmlFaults(XmlLimits.DOMAIN.faults());
    return read(XmlScan.scan(xml, XmlLimits.DOMAIN, faults), faults);
  }

  /** Reads a definition in the encoding that it declares, UTF-8 without one. */
  public static DomainDefinition read(byte[] xml) {
    XmlFaults faults = new XmlFaults(XmlLimits.DOMAIN.faults());
    return read(XmlScan.scan(xml, XmlLimits.DOMAIN, faults), faults);
  }

  /**
   * Reads as much of a definition as there is, to look for further faults in it.
   *
   * @throws ProblemException for what is no document of a domain at all
   */
  public static ParseResult examine(byte[] xml) {
    XmlFaults faults = new XmlFaults(XmlLimits.DOMAIN.faults());
    XmlElement root = XmlScan.scan(xml, XmlLimits.DOMAIN, faults);
    DomainDefinition definition = whole(root);
    return new ParseResult(definition, faults.inOrder(), root.places());
  }

  private static DomainDefinition read(XmlElement root, XmlFaults faults) {
    DomainDefinition definition = whole(root);
    faults.throwIfAny();
    return definition;
  }

  private static DomainDefinition whole(XmlElement root) {
    root.markRead();
    if (!root.name().equals("domain")) {
      throw new ProblemException(
          ErrorCode.INVALID_DEFINITION,
          "The document's element is <" + root.name() + ">; it must be <domain>.");
    }
    DomainDefinition definition = domain(root);
    root.refuseUnread();
    return definition;
  }

  private static DomainDefinition domain(XmlElement root) {
    root.values().text("id"); // a running domain's number, of no meaning for the next start
    XmlElement devices = root.gathered("devices");
    Vcpus vcpus = Vcpus.read(root);
    CpuModel cpu = CpuModelXml.read(root, vcpus);
    List<Device> found = devices == null ? List.of() : DevicesXml.read(devices);
    SystemInfo systemInfo = SystemInfo.read(root);
    Identity identity = Identity.read(root);
    return new DomainDefinition(
        type(root),
        identity.uuid() == null && systemInfo.systemUuid() != null
            ? identity.withUuid(systemInfo.systemUuid())
            : identity,
        memory(root, cpu, found),
        vcpus,
        systemInfo,
        OsXml.read(root),
        Features.read(root),
        cpu,
        Clock.read(root),
        Lifecycle.read(root),
        Tuning.read(root, vcpus),
        Confinement.read(root),
        emulator(devices),
        found,
        QemuExtrasXml.read(root));
  }

  private static MemorySize memory(XmlElement root, @Nullable CpuModel cpu, List<Device> devices) {
    long cells = cpu == null ? 0 : cpu.numa().stream().mapToLong(NumaCell::memoryKib).sum();
    long plugged =
        devices.stream()
            .mapToLong(device -> device instanceof MemoryDevice m ? m.target().sizeKib() : 0)
            .sum();
    return MemorySize.read(root).settled(root, cells, plugged);
  }

  private static @Nullable String type(XmlElement root) {
    String type = root.values().text("type");
    if (type != null && !type.equals("qemu") && !type.equals("kvm")) {
      root.invalid("type", "The emulator does not support virt type '" + type + "'.");
      return null;
    }
    return type;
  }

  private static @Nullable String emulator(@Nullable XmlElement devices) {
    return devices == null ? null : devices.childText("emulator");
  }

  /** Writes a definition; reading it again gives an equal one. */
  public static String write(DomainDefinition definition) {
    XmlWriter out = new XmlWriter();
    out.open("domain").attribute("type", definition.type());
    if (!definition.qemu().absent()) {
      out.attribute("xmlns:qemu", QemuExtras.NAMESPACE);
    }
    definition.identity().write(out);
    definition.memory().write(out);
    definition.tuning().write(out);
    definition.vcpus().write(out);
    definition.systemInfo().write(out);
    OsXml.write(definition.os(), out);
    definition.confinement().writeIdMap(out);
    definition.features().write(out);
    out.part(definition.cpu(), cpu -> CpuModelXml.write(cpu, out));
    definition.clock().write(out);
    definition.lifecycle().write(out);
    out.open("devices").element("emulator", definition.emulator());
    definition.devices().forEach(device -> DevicesXml.write(device, out));
    out.close();
    definition.confinement().write(out);
    QemuExtrasXml.write(definition.qemu(), out);
    out.close();
    return out.toString();
  }
}
